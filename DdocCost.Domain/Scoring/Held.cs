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
    private static readonly TimeSpan Separate = TimeSpan.FromHours(12);

    /// <summary>Whether anything waits.</summary>
    [JsonIgnore]
    public bool IsEmpty => Days == 0;

    /// <summary>Whether something was flagged so lately that it is the same happening.</summary>
    public bool IsGoingOn(DateTimeOffset time) => !IsEmpty && time - Last < Separate;

    /// <summary>What was reached on every one of the days.</summary>
    [JsonIgnore]
    public double Level => Days <= 1 ? Latest : Math.Min(Before, Latest);

    /// <summary>With another flagged amount.</summary>
    public Held With(double amount, DateTimeOffset time, bool endsByItself)
    {
        if (IsEmpty)
        {
            return new Held(0, amount, time, time, 1, endsByItself, IsAccepted: false);
        }

        return time - Last >= Separate
            ? this with { Before = Level, Latest = amount, Last = time, Days = Days + 1, HasEnded = endsByItself }
            : this with { Latest = Math.Max(Latest, amount), Last = time > Last ? time : Last, HasEnded = endsByItself };
    }

    /// <summary>Whether it is accepted as ordinary.</summary>
    /// <param name="time">Now, UTC.</param>
    /// <param name="patience">How long nobody must have objected.</param>
    /// <param name="options">Parameters.</param>
    public bool IsDue(DateTimeOffset time, TimeSpan patience, DetectionOptions options)
    {
        // An account younger than the full patience is still being got to know: once is enough there.
        var often = patience < options.Acceptance ? 1 : options.AcceptedDays;
        return !IsEmpty && (IsAccepted || HasEnded || (Days >= often && time - Since >= patience));
    }

    /// <summary>What is learned of it when it is due.</summary>
    /// <param name="known">What was known.</param>
    /// <param name="norm">What was expected.</param>
    /// <param name="isOfCause">Whether all of it is of one cause. Then what kept happening, or was accepted, is that cause's new level, with the
    /// weight of the days it was seen on. What ended as it should may still have been a mistake, and a wider sum mixes the mistakes
    /// of many: there it is clipped like any other value.</param>
    /// <param name="options">Parameters.</param>
    public Moments Teach(Moments known, Expectation norm, bool isOfCause, DetectionOptions options) =>
        isOfCause && (IsAccepted || !HasEnded) ? known.Add(norm.LogOf(Level), Days) : known.Add(norm.Winsorised(Level, options));
}
