using System.Text.Json.Serialization;

namespace DdocCost.Domain.Scoring;

/// <summary>
/// Whether an automation keeps its hours: how many of its runs came at the hour of the day, or of the week, of the run before. Of constant size.
/// The default has seen nothing.
/// </summary>
/// <param name="Anchor">When the latest ordinary run began, UTC.</param>
/// <param name="Runs">Runs that could be compared with one before, forgetting.</param>
/// <param name="OffDay">How many of them came at another hour of the day.</param>
/// <param name="OffWeek">How many of them came at another hour of the week.</param>
/// <remarks>
/// Half of all automations are taken to have a schedule, from which one run in twenty strays (a retry, a run by hand), half to run at any hour.
/// Bayes' rule weighs the two by the runs seen: to meet the same hour of the week once by chance is 1 in 84. With the share p of ordinary runs that
/// stray then, and what is unwanted keeping the hours half of the time, a run off them has ln(½ + ½ (1 - chance) / p) nats: none where nothing is
/// known or no hours are kept, 1.5 after two nights at the same hour, 2.2 after two weeks, never more than 2.4.
/// </remarks>
public readonly record struct Schedule(
    DateTimeOffset Anchor,
    double Runs,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] double OffDay,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] double OffWeek)
{
    private const double Strays = 0.05;

    /// <summary>When a run strayed last, told or not, UTC: one that comes at the same hour of a later week strays no more.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public DateTimeOffset Stray { get; init; }

    /// <summary>Notes a start, ordinary or not, that may be the first of others at its hour of the week.</summary>
    public Schedule Noting(DateTimeOffset time) => time > Anchor && IsStray(time) ? this with { Stray = time } : this;

    /// <summary>Learns from an ordinary start; what begins within the hour is the same run.</summary>
    public Schedule With(DateTimeOffset time, DetectionOptions options)
    {
        if (Anchor == default)
        {
            return this with { Anchor = time };
        }

        if ((time - Anchor).Duration() <= Cycle.Same)
        {
            return this;
        }

        var (kept, isOffDay, isOffWeek) = (1 - (1 / options.MostWeight), Cycle.IsOff(Anchor, time, Cycle.Day), Cycle.IsOff(Anchor, time, Cycle.Week));

        // A run that strays from a schedule does not move it.
        return new Schedule(
            IsStray(time) || time < Anchor ? Anchor : time,
            (kept * Runs) + 1,
            (kept * OffDay) + (isOffDay ? 1 : 0),
            (kept * OffWeek) + (isOffWeek ? 1 : 0)) { Stray = Stray };
    }

    /// <summary>What a start at this time says, nats: at least 0.</summary>
    public double Evidence(DateTimeOffset time) =>
        Runs > 0 && (time - Anchor).Duration() > Cycle.Same && !IsRepeated(time) ? Math.Max(Evidence(time, Cycle.Day, OffDay), Evidence(time, Cycle.Week, OffWeek)) : 0;

    private double Evidence(DateTimeOffset time, double days, double off)
    {
        if (!Cycle.IsOff(Anchor, time, days))
        {
            return 0;
        }

        var (alike, scheduled) = (1 - Chance(days), 1 - (1 / (1 + Odds(days, off))));
        return Math.Max(0, Math.Log(0.5 + (0.5 * alike / ((scheduled * Strays) + ((1 - scheduled) * alike)))));
    }

    // Of having a schedule of so many days against having none.
    private double Odds(double days, double off) =>
        Math.Exp(((Runs - off) * Math.Log((1 - Strays) / Chance(days))) + (off * Math.Log(Strays / (1 - Chance(days)))));

    // Of meeting the same hour without one.
    private static double Chance(double days) => 2 * Cycle.Same.TotalDays / days;

    private bool IsStray(DateTimeOffset time) =>
        (Cycle.IsOff(Anchor, time, Cycle.Day) && Odds(Cycle.Day, OffDay) > 1) || (Cycle.IsOff(Anchor, time, Cycle.Week) && Odds(Cycle.Week, OffWeek) > 1);

    // The run that strayed and those that came with it do not speak for themselves.
    private bool IsRepeated(DateTimeOffset time) => Stray != default && (time - Stray).TotalDays > Cycle.Week / 2 && !Cycle.IsOff(Stray, time, Cycle.Week);
}
