using DdocCost.Domain.Ledger;
using DdocCost.Domain.Normalise;

namespace DdocCost.Domain.Scoring;

/// <summary>A costed event as the scorer sees it: who, what, where, when, and money as finite numbers.</summary>
internal readonly record struct Sighting
{
    // No account spends more; keeps absurd prices from drowning every sum they touch.
    private const double MostUsd = 1e9;

    // What is committed to by the hour cannot be stopped; commitments are sold for one year or three.
    private const double LeastTermHours = 365 * 24;

    public required string EventId { get; init; }

    /// <summary>When, as far as it can be believed, UTC.</summary>
    public required DateTimeOffset Time { get; init; }

    public required string Actor { get; init; }

    public required string ResourceType { get; init; }

    public required string Region { get; init; }

    /// <summary>Whether a machine did it: what machines start lives as long as it always does, what people start may be forgotten.</summary>
    public required bool IsAutomation { get; init; }

    /// <summary>Whether it was bought for good: all of it is at risk at once.</summary>
    public required bool IsCommitment { get; init; }

    /// <summary>Rate added, USD per hour, at least 0.</summary>
    public required double UsdPerHour { get; init; }

    /// <summary>Paid at once, USD.</summary>
    public required double OneTimeUsd { get; init; }

    /// <summary>Hours that the rate runs before somebody would notice, or until it ends by itself.</summary>
    public required double Hours { get; init; }

    /// <summary>USD lost within so many hours if nobody intervenes and it does not end by itself.</summary>
    public double UsdWithin(double hours) => (UsdPerHour * (IsCommitment ? Hours : Math.Min(Hours, hours))) + OneTimeUsd;

    /// <summary>Whether it ends by itself before anybody would notice: then it cannot be forgotten.</summary>
    public bool EndsByItself(DetectionOptions options) => !IsCommitment && Hours < options.HoursToNotice;

    /// <summary>USD within a day of what runs until somebody stops it.</summary>
    public double UsdLasting(DetectionOptions options) => EndsByItself(options) ? 0 : UsdWithin(options.HoursToNotice);

    /// <summary>Who, what and where in one.</summary>
    public static string CauseOf(string actor, string resourceType, string region) => $"{actor}|{resourceType}|{region}";

    /// <summary>What of the record cannot be believed, and what was taken instead; null where all can.</summary>
    public required string? Doubt { get; init; }

    public static Sighting Of(CostedEvent e, DateTimeOffset time, DetectionOptions options) => new()
    {
        EventId = e.Event.EventId,
        Time = time,
        Actor = e.Event.Actor.Id,
        ResourceType = MainChange(e.Event).ResourceType,
        Region = e.Event.Region,
        IsCommitment = e.Event.Action == ResourceAction.OneTime,
        IsAutomation = e.Event.Actor.Kind is ActorKind.Automation or ActorKind.AwsService,
        UsdPerHour = Finite((double)e.AddedUsdPerHour),
        OneTimeUsd = Finite((double)e.OneTimeUsd),
        Hours = HoursOf(e, options),
        Doubt = DoubtOf(e, time),
    };

    private static string? DoubtOf(CostedEvent e, DateTimeOffset believed)
    {
        var isAbsurd = e.AddedUsdPerHour > (decimal)MostUsd || e.OneTimeUsd > (decimal)MostUsd || e.OneTimeUsd < 0;
        var isOff = e.Event.Time.UtcTicks != believed.UtcTicks;
        return (isOff, isAbsurd) switch
        {
            (false, false) => null,
            (true, false) => $"its time ({e.Event.Time:u}) cannot be believed: taken for {believed:u}",
            (false, true) => "its price cannot be believed: taken for 0 to 1,000,000,000 USD",
            _ => $"neither its time ({e.Event.Time:u}) nor its price can be believed: taken for {believed:u} and 0 to 1,000,000,000 USD",
        };
    }

    private static double HoursOf(CostedEvent e, DetectionOptions options) => e.Event.Action switch
    {
        ResourceAction.OneTime => LeastTermHours,
        _ => e.MaxHours is { } most && most >= 0 ? Math.Min(most, options.HoursToNotice) : options.HoursToNotice,
    };

    /// <summary>The change that gives the event its action; events never have none.</summary>
    public static ResourceChange MainChange(ResourceEvent e)
    {
        for (var i = 0; i < e.Changes.Count; i++)
        {
            if (e.Changes[i].Action == e.Action)
            {
                return e.Changes[i];
            }
        }

        return e.Changes[0];
    }

    public static double Finite(double usd) => double.IsFinite(usd) ? Math.Clamp(usd, 0, MostUsd) : 0;
}
