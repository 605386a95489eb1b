using DdocCost.App.Shell;
using DdocCost.Domain.Anomalies;

namespace DdocCost.App.Overview;

/// <summary>What the overview shows at one moment.</summary>
/// <param name="Now">When it was read, UTC.</param>
/// <param name="Exposure">What runs now.</param>
/// <param name="Course">Exposure over the period, USD per hour, oldest first; the last is now.</param>
/// <param name="Feed">Latest cases, newest first.</param>
/// <param name="OpenCases">Open cases by loudness.</param>
/// <param name="Added">Spend added in the period.</param>
/// <param name="Counters">What became of all records that were ever read.</param>
/// <param name="Freshness">How recent all this is.</param>
public sealed record OverviewView(
    DateTimeOffset Now, Exposure Exposure, IReadOnlyList<StepPoint> Course, IReadOnlyList<AnomalyCase> Feed, OpenCases OpenCases,
    SpendAdded Added, Counters Counters, Freshness Freshness)
{
    /// <summary>Nothing has ever been read: a new instance.</summary>
    public bool IsEmpty => Freshness.LastEventAt is null && Counters.Records == 0 && Exposure.Resources == 0 && Feed.Count == 0;

    /// <summary>By how much the exposure changed over the period, USD per hour.</summary>
    public decimal Change => Course.Count == 0 ? 0 : Exposure.UsdPerHour - Course[0].Value;
}

/// <summary>What runs now.</summary>
/// <param name="UsdPerHour">Of all priced resources, USD per hour.</param>
/// <param name="Resources">How many run.</param>
/// <param name="Unpriced">How many of them have no known price.</param>
/// <param name="Accounts">In how many accounts.</param>
public sealed record Exposure(decimal UsdPerHour, long Resources, long Unpriced, long Accounts);

/// <summary>Open cases.</summary>
/// <param name="Critical">Critical ones.</param>
/// <param name="Warning">Warnings.</param>
/// <param name="Info">Informational ones.</param>
/// <param name="UsdPerHour">What all of them run at, USD per hour.</param>
public sealed record OpenCases(long Critical, long Warning, long Info, decimal UsdPerHour)
{
    /// <summary>All.</summary>
    public long Total => Critical + Warning + Info;
}

/// <summary>Spend added in the period, the largest first, USD per hour.</summary>
/// <param name="ByAccount">Per account.</param>
/// <param name="ByService">Per service.</param>
/// <param name="ByActor">Per actor.</param>
public sealed record SpendAdded(IReadOnlyList<Bar> ByAccount, IReadOnlyList<Bar> ByService, IReadOnlyList<Bar> ByActor);

/// <summary>What became of all records that were ever read.</summary>
/// <param name="Records">All.</param>
/// <param name="CostBearing">Those that can cost money.</param>
/// <param name="Priced">Of them with a known price.</param>
/// <param name="Unpriced">Of them without.</param>
/// <param name="Quarantined">Those that could not be read.</param>
public sealed record Counters(long Records, long CostBearing, long Priced, long Unpriced, long Quarantined);

/// <summary>How recent the figures are.</summary>
/// <param name="LastEventAt">Time of the latest cost event, UTC; null where there is none.</param>
/// <param name="LastScoredAt">When that one was scored here, UTC.</param>
public sealed record Freshness(DateTimeOffset? LastEventAt, DateTimeOffset? LastScoredAt);
