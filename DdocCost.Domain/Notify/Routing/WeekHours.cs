namespace DdocCost.Domain.Notify.Routing;

/// <summary>Hours of some days of the week in a zone; they may run over midnight and then belong to the day on which they begin.</summary>
/// <param name="TimeZone">IANA name, such as <c>Europe/Berlin</c>.</param>
/// <param name="From">Begin, local.</param>
/// <param name="To">End, local, exclusive. The same as the begin: the whole day.</param>
/// <param name="Days">Days on which they begin; empty for every day.</param>
public sealed record WeekHours(string TimeZone, TimeOnly From, TimeOnly To, IReadOnlyList<DayOfWeek> Days)
{
    /// <summary>When the hours that last at a moment end, UTC; null where none do.</summary>
    public DateTimeOffset? EndOf(DateTimeOffset moment)
    {
        var zone = ZonedTime.Of(TimeZone);
        var (today, _) = ZonedTime.Local(moment, zone);
        for (var day = today.AddDays(-1); day <= today; day = day.AddDays(1))
        {
            if (IsOn(day) && Begin(day, zone) <= moment && moment < End(day, zone))
            {
                return ThroughAdjoining(day, zone);
            }
        }

        return null;
    }

    private bool IsOn(DateOnly day) => Days.Count == 0 || Days.Contains(day.DayOfWeek);

    private DateTimeOffset Begin(DateOnly day, TimeZoneInfo zone) => ZonedTime.At(day, From, zone);

    private DateTimeOffset End(DateOnly day, TimeZoneInfo zone) => ZonedTime.At(To > From ? day : day.AddDays(1), To, zone);

    /// <summary>Whole days may follow each other: a quiet weekend ends once. At most a week ahead.</summary>
    private DateTimeOffset ThroughAdjoining(DateOnly day, TimeZoneInfo zone)
    {
        var end = End(day, zone);
        for (var (next, last) = (day.AddDays(1), day.AddDays(7)); next < last && IsOn(next) && Begin(next, zone) <= end; next = next.AddDays(1))
        {
            end = End(next, zone);
        }

        return end;
    }
}
