using System.Text.Json.Serialization;

namespace DdocCost.Domain.Scoring;

/// <summary>
/// An amount that was flagged and is not learned yet. It is accepted when somebody says so, when it ended as such things ordinarily end, or
/// when it kept happening and nobody objected. The default is none.
/// </summary>
/// <param name="Before">Smallest of the peaks of the days before the latest.</param>
/// <param name="Latest">Peak of the latest day, USD a day (or starts, in a window of those).</param>
/// <param name="Since">When it was flagged first, UTC.</param>
/// <param name="Last">When it was flagged last, UTC.</param>
/// <param name="Days">On how many days it was flagged.</param>
/// <param name="HasEnded">Whether it ended by itself, or the automation that started it stopped it.</param>
/// <param name="IsAccepted">Whether somebody said that it is ordinary.</param>
public readonly record struct Held(
    double Before, double Latest, DateTimeOffset Since, DateTimeOffset Last, int Days, bool HasEnded, bool IsAccepted)
{
    /// <summary>What happens within this time of something flagged may be more of it.</summary>
    internal static readonly TimeSpan Separate = TimeSpan.FromHours(12);

    // What comes more rarely than every week is no habit: it is counted anew.
    private static readonly TimeSpan Rare = TimeSpan.FromDays(7) + Separate;

    /// <summary>When the latest day's began, UTC.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public DateTimeOffset Begun { get; init; }

    /// <summary>Whether any of it was told: to what is only shown nobody's silence says anything.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool WasTold { get; init; }

    /// <summary>Whether any of the days began at another hour of the week than the one before.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsOutOfStep { get; init; }

    // What is done on working days comes on five days of seven; on two of three, so that one may be left out.
    private const double MostDaysBetween = 1.5;

    // As often as work is done, or every time at the same hour of the week: what happens now and then, and goes again, does not persist.
    private bool IsHabit => !IsOutOfStep || (Last - Since).TotalDays <= MostDaysBetween * (Days - 1);

    /// <summary>Whether anything waits.</summary>
    [JsonIgnore]
    public bool IsEmpty => Days == 0;

    /// <summary>What was reached on every one of the days.</summary>
    [JsonIgnore]
    public double Level => Days <= 1 ? Latest : Math.Min(Before, Latest);

    /// <summary>With another flagged amount.</summary>
    public Held With(double amount, DateTimeOffset time, bool endsByItself)
    {
        if (IsEmpty || time - Last > Rare)
        {
            return new Held(0, amount, time, time, 1, endsByItself, IsAccepted: false) { Begun = time };
        }

        return time - Last >= Separate
            ? this with { Before = Level, Latest = amount, Begun = time, Last = time, Days = Days + 1, HasEnded = endsByItself, IsOutOfStep = IsOutOfStep || Cycle.IsOff(Begun, time, Cycle.Week) }
            : this with { Latest = Math.Max(Latest, amount), Last = time > Last ? time : Last, HasEnded = endsByItself };
    }

    /// <summary>
    /// Whether it is accepted as ordinary: somebody said so; it ended as it should and something of it comes again at its hour of the day; or it
    /// persisted unopposed.
    /// </summary>
    /// <param name="time">Now, UTC.</param>
    /// <param name="knownSince">Since when the account is known, UTC.</param>
    /// <param name="options">Parameters.</param>
    public bool IsDue(DateTimeOffset time, DateTimeOffset knownSince, DetectionOptions options)
    {
        if (IsEmpty || IsAccepted)
        {
            return !IsEmpty;
        }

        // An account that was younger than the full patience was still being got to know: once is enough there.
        var known = Since - knownSince;
        if (known < options.Acceptance)
        {
            return HasEnded || time - Since >= known;
        }

        // A job is known by coming back at its hour.
        return (HasEnded && !Cycle.IsOff(Begun, time, Cycle.Day)) || (Days >= options.AcceptedDays && IsHabit && time - Since >= options.Acceptance);
    }

    /// <summary>What is learned of it when it is due.</summary>
    /// <param name="known">What was known.</param>
    /// <param name="norm">What was expected.</param>
    /// <param name="isOfCause">Whether all of it is of one cause. Then it is that cause's new level, with the weight of the days it was seen on;
    /// somebody's word weighs as many days as it would have taken without. A wider sum mixes the mistakes of many: there it is clipped like any other
    /// value.</param>
    /// <param name="options">Parameters.</param>
    public Moments Teach(Moments known, Expectation norm, bool isOfCause, DetectionOptions options)
    {
        var days = IsAccepted ? Math.Max(Days, options.AcceptedDays) : Days;
        return isOfCause ? known.Add(norm.LogOf(Level), days) : known.Add(norm.Winsorised(Level, options));
    }
}
