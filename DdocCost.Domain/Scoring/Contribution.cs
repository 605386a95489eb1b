using DdocCost.Domain.Ledger;

namespace DdocCost.Domain.Scoring;

/// <summary>An event that added cost, as far as a case needs it.</summary>
/// <param name="EventId">eventId.</param>
/// <param name="Time">When, UTC.</param>
/// <param name="ActorId">Who.</param>
/// <param name="ResourceType">What.</param>
/// <param name="Region">Where.</param>
/// <param name="Size">Of what size, or null.</param>
/// <param name="Quantity">How many.</param>
/// <param name="UsdPerHour">Rate added, USD per hour.</param>
/// <param name="OneTimeUsd">Paid at once, USD.</param>
/// <param name="ResourceIds">Ids of what it started, the first few.</param>
public sealed record Contribution(
    string EventId,
    DateTimeOffset Time,
    string ActorId,
    string ResourceType,
    string Region,
    string? Size,
    decimal Quantity,
    decimal UsdPerHour,
    decimal OneTimeUsd,
    IReadOnlyList<string> ResourceIds)
{
    /// <summary>When it will have ended by itself, UTC, or null where it runs until it is stopped.</summary>
    public DateTimeOffset? EndsBy { get; init; }

    /// <summary>What an event contributes.</summary>
    /// <param name="e">The event.</param>
    /// <param name="time">When, as far as it can be believed, UTC; null takes the event's word.</param>
    /// <param name="mostIds">How many ids are kept.</param>
    public static Contribution Of(CostedEvent e, DateTimeOffset? time = null, int mostIds = int.MaxValue)
    {
        var change = Sighting.MainChange(e.Event);
        return new Contribution(
            e.Event.EventId,
            time ?? e.Event.Time,
            e.Event.Actor.Id,
            change.ResourceType,
            e.Event.Region,
            change.Size,
            change.Quantity,
            e.AddedUsdPerHour,
            e.OneTimeUsd,
            change.ResourceIds.Count > mostIds ? [.. change.ResourceIds.Take(mostIds)] : change.ResourceIds) { EndsBy = EndOf(e) };
    }

    // Beyond a year nothing ends by itself for our purposes; times at the end of the calendar cannot be added to.
    private static DateTimeOffset? EndOf(CostedEvent e) =>
        e.MaxHours is { } hours and >= 0 and < 24 * 365 && e.Event.Time < DateTimeOffset.MaxValue.AddYears(-1) ? e.Event.Time.AddHours(hours) : null;
}
