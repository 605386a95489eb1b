using DdocCost.Domain.Ledger;
using DdocCost.Domain.Pricing;

namespace DdocCost.Domain.Zombies;

/// <summary>What a scan of a region knows better than the trail: what to enter in the ledger and what to end there. Pure.</summary>
/// <param name="Found">Runs for a while and is not in the ledger.</param>
/// <param name="Missed">Is in the ledger, and this scan and one before it, both complete, did not see it.</param>
public sealed record InventoryCorrection(IReadOnlyList<Resource> Found, IReadOnlyList<RunningResource> Missed)
{
    /// <summary>What is younger than this the trail may still tell of.</summary>
    public static readonly TimeSpan Settled = TimeSpan.FromHours(2);

    /// <summary>
    /// The kinds that are corrected: those of which a scan lists all there are, by the same ids as their records in the trail. Snapshots are left out:
    /// their price is a ceiling, and an account's thousands of them would drown what runs.
    /// </summary>
    public static readonly IReadOnlyList<FactKind> Corrected =
    [
        Kinds.Instance, Kinds.Volume, Kinds.Address, Kinds.NatGateway, Kinds.Endpoint, Kinds.VpnConnection, Kinds.Database, Kinds.Warehouse, Kinds.EksCluster,
        Kinds.FsxFileSystem, Kinds.Notebook, Kinds.KendraIndex, Kinds.Directory, Kinds.Airflow, Kinds.ReplicationInstance,
    ];

    private static readonly HashSet<string> notRunning = new(StringComparer.OrdinalIgnoreCase)
    {
        "stopped", "stopping", "shutting-down", "terminated", "deleting", "deleted", "failed", "paused", "rejected", "expired", "create_failed", "inoperable",
    };

    /// <summary>Nothing.</summary>
    public static InventoryCorrection None { get; } = new([], []);

    /// <summary>How many resources are corrected.</summary>
    public int Count => Found.Count + Missed.Count;

    /// <summary>Compares what was seen with what the trail shows.</summary>
    /// <param name="account">Account.</param>
    /// <param name="region">Region.</param>
    /// <param name="facts">What the scan collected; a kind that was not scanned to its end corrects nothing.</param>
    /// <param name="trail">The ledger.</param>
    /// <param name="before">Sightings of earlier scans, by kind.</param>
    /// <param name="prices">List prices: what costs nothing is not entered.</param>
    /// <param name="at">When the scan began, UTC.</param>
    /// <param name="between">Shortest time between two scans that count as two.</param>
    public static InventoryCorrection Of(
        string account, string region, RegionFacts facts, TrailKnowledge trail, Func<FactKind, Sightings?> before, PriceBook prices, DateTimeOffset at, TimeSpan between)
    {
        var kinds = Corrected.Where(kind => facts.WhyMissing(kind) is null).ToList();
        return new InventoryCorrection(
            [.. from kind in kinds
                from resource in facts.Of(kind)
                where trail.Find(resource) is null && IsRunning(resource) && Since(resource, before(kind)) <= at - Settled
                    && Suspect.CostOf(resource, prices).UsdPerHour is null or > 0
                select resource],
            [.. from kind in kinds
                from missing in Missing(account, region, kind, facts, trail, at)
                where before(kind)?.Missed.GetValueOrDefault(missing.ResourceId) is { } first && first > missing.Since && first <= at - between
                select missing]);
    }

    /// <summary>What the ledger believes to be there of a kind and a scan that began at a moment did not see.</summary>
    public static IEnumerable<RunningResource> Missing(string account, string region, FactKind kind, RegionFacts facts, TrailKnowledge trail, DateTimeOffset at)
    {
        if (facts.WhyMissing(kind) is not null)
            return [];
        var seen = facts.Of(kind).Select(trail.Find).OfType<RunningResource>().Select(known => known.Id).ToHashSet();
        return trail.In(region).Where(known =>
            known.AccountId == account && known.ResourceType == kind.PricedAs && known.Since < at && !seen.Contains(known.Id) && !IsPart(known) && !known.ResourceId.StartsWith("event:", StringComparison.Ordinal));
    }

    private static bool IsRunning(Resource resource) => resource.State is null || !notRunning.Contains(resource.State);

    private static DateTimeOffset? Since(Resource resource, Sightings? before) => resource.Created ?? before?.Resources.GetValueOrDefault(resource.Id)?.First;

    // Ends with the first part.
    private static bool IsPart(RunningResource known) => known.Id.Contains('#', StringComparison.Ordinal);
}
