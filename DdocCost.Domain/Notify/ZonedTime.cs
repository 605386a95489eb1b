namespace DdocCost.Domain.Notify;

/// <summary>Local times of people as instants, also on the two days a year when clocks are moved.</summary>
public static class ZonedTime
{
    /// <summary>The zone of an IANA name (<c>Europe/Berlin</c>), or null where there is none of that name.</summary>
    public static TimeZoneInfo? Find(string name) => TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) ? zone : null;

    /// <summary>The zone of a name, UTC where it is not known (a zone that was taken out of the database later).</summary>
    public static TimeZoneInfo Of(string name) => Find(name) ?? TimeZoneInfo.Utc;

    /// <summary>
    /// When a local time is on a day, UTC. A time that the clocks leap over is as much later as they leap (02:30 becomes 03:30); of a time that
    /// comes twice, the first.
    /// </summary>
    public static DateTimeOffset At(DateOnly day, TimeOnly time, TimeZoneInfo zone)
    {
        var local = day.ToDateTime(time, DateTimeKind.Unspecified);
        if (zone.IsInvalidTime(local))
        {
            // With the offset from before the leap, the instant is the one as much later.
            return new DateTimeOffset(local, zone.GetUtcOffset(local.AddHours(-3))).ToUniversalTime();
        }

        var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
        return new DateTimeOffset(local, offset).ToUniversalTime();
    }

    /// <summary>The local day and time of a moment.</summary>
    public static (DateOnly Day, TimeOnly Time) Local(DateTimeOffset moment, TimeZoneInfo zone)
    {
        var local = TimeZoneInfo.ConvertTime(moment, zone).DateTime;
        return (DateOnly.FromDateTime(local), TimeOnly.FromDateTime(local));
    }
}
