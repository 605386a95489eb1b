namespace DdocCost.Domain.Notify.Digests;

/// <summary>That a channel gets a digest: every day or every week, at a local time. Document.</summary>
public sealed record DigestSubscription
{
    /// <summary>Never changes.</summary>
    public required string Id { get; init; }

    /// <summary>Where it goes.</summary>
    public required string ChannelId { get; init; }

    /// <summary>The day of the week; null for every day.</summary>
    public DayOfWeek? Weekly { get; init; }

    /// <summary>Local time at which it is sent and its period ends.</summary>
    public TimeOnly At { get; init; } = new(8, 0);

    /// <summary>IANA name of the recipient's zone.</summary>
    public string TimeZone { get; init; } = "UTC";

    /// <summary>Whether it is sent.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>When it was made, UTC: nothing before is missed.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>End of the period that was sent last, UTC; null where none was.</summary>
    public DateTimeOffset? SentUntil { get; init; }

    // Farther back a digest would be a history.
    private static readonly TimeSpan LongestPeriod = TimeSpan.FromDays(35);

    /// <summary>
    /// The period that is due: from the end of the last one to the latest moment of the schedule. After a downtime that is one digest of all that
    /// was missed.
    /// </summary>
    /// <returns>null where none is due.</returns>
    public (DateTimeOffset From, DateTimeOffset To)? Due(DateTimeOffset now)
    {
        var to = Latest(now);
        if (!Enabled || to <= CreatedAt || to <= SentUntil)
        {
            return null;
        }

        var from = SentUntil ?? Latest(CreatedAt);
        return (from < to - LongestPeriod ? to - LongestPeriod : from, to);
    }

    /// <summary>The next moment of the schedule after a moment, UTC.</summary>
    public DateTimeOffset Next(DateTimeOffset now)
    {
        var zone = ZonedTime.Of(TimeZone);
        for (var day = ZonedTime.Local(now, zone).Day; ; day = day.AddDays(1))
        {
            if (IsOn(day) && ZonedTime.At(day, At, zone) is var at && at > now)
            {
                return at;
            }
        }
    }

    /// <summary>The latest moment of the schedule up to a moment, UTC.</summary>
    public DateTimeOffset Latest(DateTimeOffset now)
    {
        var zone = ZonedTime.Of(TimeZone);
        for (var day = ZonedTime.Local(now, zone).Day.AddDays(1); ; day = day.AddDays(-1))
        {
            if (IsOn(day) && ZonedTime.At(day, At, zone) is var at && at <= now)
            {
                return at;
            }
        }
    }

    private bool IsOn(DateOnly day) => Weekly is null || Weekly == day.DayOfWeek;
}
