using System.Text.Json.Serialization;

namespace DdocCost.Domain.Scoring;

/// <summary>
/// An amount that was flagged and is not learned yet. It is accepted when it ended as such things ordinarily end, or when it kept
/// happening and nobody objected. The default is none.
/// </summary>
/// <param name="UsdPerDay">The largest, USD a day (or starts, in a window of those).</param>
/// <param name="Since">When it was flagged first, UTC.</param>
/// <param name="Last">When it was flagged last, UTC.</param>
/// <param name="Days">On how many days it was flagged.</param>
/// <param name="HasEnded">Whether it ended by itself, or the automation that started it stopped it.</param>
public readonly record struct Held(double UsdPerDay, DateTimeOffset Since, DateTimeOffset Last, int Days, bool HasEnded)
{
    private static readonly TimeSpan Separate = TimeSpan.FromHours(12);

    /// <summary>Whether anything waits.</summary>
    [JsonIgnore]
    public bool IsEmpty => Days == 0;

    /// <summary>With another flagged amount.</summary>
    public Held With(double usdPerDay, DateTimeOffset time, bool endsByItself) => IsEmpty
        ? new Held(usdPerDay, time, time, 1, endsByItself)
        : new Held(
            Math.Max(UsdPerDay, usdPerDay),
            Since,
            time > Last ? time : Last,
            time - Last >= Separate ? Days + 1 : Days,
            endsByItself);

    /// <summary>Whether it is accepted as ordinary.</summary>
    /// <param name="time">Now, UTC.</param>
    /// <param name="patience">How long nobody must have objected.</param>
    /// <param name="options">Parameters.</param>
    public bool IsDue(DateTimeOffset time, TimeSpan patience, DetectionOptions options)
    {
        // An account younger than the full patience is still being got to know: once is enough there.
        var often = patience < options.Acceptance ? 1 : options.AcceptedDays;
        return !IsEmpty && (HasEnded || (Days >= often && time - Since >= patience));
    }
}
