using DdocCost.Domain.Notify.Routing;

namespace DdocCost.App.Notify;

/// <summary>Hours of the week as they are being entered.</summary>
public sealed class HoursEntry
{
    /// <summary>Whether there are any.</summary>
    public bool IsOn { get; set; }

    /// <summary>Begin, local.</summary>
    public TimeOnly From { get; set; } = new(22, 0);

    /// <summary>End, local.</summary>
    public TimeOnly To { get; set; } = new(7, 0);

    /// <summary>IANA name of the zone.</summary>
    public string TimeZone { get; set; } = "UTC";

    /// <summary>Days; none for every day.</summary>
    public HashSet<DayOfWeek> Days { get; } = [];

    /// <summary>From hours that were kept.</summary>
    public static HoursEntry Of(WeekHours? hours)
    {
        var entry = new HoursEntry();
        if (hours is not null)
        {
            (entry.IsOn, entry.From, entry.To, entry.TimeZone) = (true, hours.From, hours.To, hours.TimeZone);
            entry.Days.UnionWith(hours.Days);
        }

        return entry;
    }

    /// <summary>As they are kept; null where there are none.</summary>
    public WeekHours? ToHours() => IsOn ? new WeekHours(TimeZone.Trim(), From, To, [.. Days.Order()]) : null;
}
