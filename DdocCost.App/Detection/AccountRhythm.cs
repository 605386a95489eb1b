using System.Globalization;
using DdocCost.Domain.Scoring;

namespace DdocCost.App.Detection;

/// <summary>When something is ordinarily started in an account, for a person.</summary>
/// <param name="AccountId">Account.</param>
/// <param name="Since">Since when it is known, UTC.</param>
/// <param name="Rhythm">What was learned.</param>
public sealed record AccountRhythm(string AccountId, DateTimeOffset Since, Rhythm Rhythm)
{
    /// <summary>Monday first.</summary>
    public static readonly IReadOnlyList<string> Days = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

    private static readonly DetectionOptions Options = DetectionOptions.Default;

    /// <summary>Whether nothing was learned yet.</summary>
    public bool IsEmpty => Rhythm.Cells is null;

    /// <summary>Such as <c>Monday 09:00</c>.</summary>
    public string Name(int hour) => string.Create(CultureInfo.InvariantCulture, $"{Days[hour / 24]} {hour % 24:00}:00");

    /// <summary>Share of the weeks in which something was started in an hour, later weeks counting more, 0 to 100.</summary>
    public int Percent(int hour)
    {
        var (active, all) = Rhythm.Activity(hour, Since, Options);
        return all > 0 ? (int)Math.Round(100 * active / all) : 0;
    }

    /// <summary>What is normal in an hour, and what a start in it says.</summary>
    public string Says(int hour)
    {
        var percent = Percent(hour);
        var often = percent == 0 ? "nothing has been started at this hour" : $"something is started in {percent} % of the weeks";
        var odds = Math.Exp(Rhythm.Evidence(Rhythm.Share(Upcoming(hour), Options)));
        return odds < 1.1 ? $"{often}; a start then counts like any other" : string.Create(NumberStyle.Format, $"{often}; a start counts as {odds:0.0} times as suspicious");
    }

    /// <summary>All of it in a sentence.</summary>
    public string Summary
    {
        get
        {
            var usual = Enumerable.Range(0, Rhythm.Hours).Count(hour => Percent(hour) >= 50);
            var most = Enumerable.Range(0, 7).MaxBy(day => Enumerable.Range(day * 24, 24).Sum(Percent));
            return $"{usual} of {Rhythm.Hours} hours of the week are used in most weeks, {Days[most]} the most";
        }
    }

    // The hour in the week after the latest, so that no present one is left out.
    private DateTimeOffset Upcoming(int hour) => new(((Rhythm.Week + 1) * 7 * TimeSpan.TicksPerDay) + (hour * TimeSpan.TicksPerHour), TimeSpan.Zero);
}
