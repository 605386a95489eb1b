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
    /// The kinds that are corrected: those of which a scan lists all there are, by the same ids as their records in the trail. Kinds that are one
    /// type in the ledger (load balancers of both generations) are compared together.
    /// </summary>
    public static readonly IReadOnlyList<FactKind> Corrected =
    [
        Kinds.Instance, Kinds.Volume, Kinds.Address, Kinds.NatGateway, Kinds.Endpoint, Kinds.VpnConnection, Kinds.Database, Kinds.Warehouse, Kinds.EksCluster,
        Kinds.FsxFileSystem, Kinds.Notebook, Kinds.KendraIndex, Kinds.Directory, Kinds.Airflow, Kinds.ReplicationInstance,
        Kinds.Snapshot, Kinds.DatabaseSnapshot, Kinds.Balancer, Kinds.ClassicBalancer, Kinds.CacheGroup, Kinds.ServerlessCache, Kinds.MemoryDb, Kinds.DaxCluster,
        Kinds.Table, Kinds.KafkaCluster, Kinds.Broker, Kinds.SearchDomain,
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
                from resource in kind == Kinds.Snapshot || kind == Kinds.DatabaseSnapshot ? FirstOfEach(facts.Of(kind), trail) : facts.Of(kind)
                where !IsBilledByUse(resource) && trail.Find(resource) is null && IsRunning(resource) && Since(resource, before(kind)) <= at - Settled
                    && Suspect.CostOf(resource, prices).UsdPerHour is null or > 0
                select resource],
            [.. from kind in kinds
                from missing in Missing(account, region, kind, facts, trail, at)
                where before(kind)?.Missed.GetValueOrDefault(missing.ResourceId) is { } first && first > missing.Since && first <= at - between
                select missing]);
    }

    /// <summary>
    /// The oldest snapshot of each volume or database of which the ledger knows none. That one is billed in full; what the later ones add, blocks that changed, AWS
    /// does not tell, and an account's thousands of them at the size of their volumes would drown what runs.
    /// </summary>
    private static IEnumerable<Resource> FirstOfEach(IReadOnlyList<Resource> snapshots, TrailKnowledge trail) => snapshots
        .GroupBy(snapshot => snapshot.Text("volume") ?? snapshot.Text("database") ?? snapshot.Id)
        .Where(volume => !volume.Any(snapshot => trail.Find(snapshot) is not null))
        .Select(volume => volume.MinBy(snapshot => snapshot.Created)!);

    /// <summary>
    /// What the ledger believes to be there of a kind and a scan that began at a moment did not see. Of kinds that are one type in the ledger, the
    /// first answers for all, once all were scanned.
    /// </summary>
    public static IEnumerable<RunningResource> Missing(string account, string region, FactKind kind, RegionFacts facts, TrailKnowledge trail, DateTimeOffset at)
    {
        List<FactKind> alike = [.. Corrected.Where(other => other.PricedAs == kind.PricedAs)];
        if (alike.Count == 0 || alike[0] != kind || alike.Exists(other => facts.WhyMissing(other) is not null))
            return [];
        var seen = alike.SelectMany(facts.Of).SelectMany(resource => resource.Linked("nodes").Append(resource.Id).Append(resource.Name)).ToHashSet();
        return trail.In(region).Where(known =>
            known.AccountId == account && known.ResourceType == kind.PricedAs && known.Since < at && !seen.Contains(Whole(known)) && !IsPart(known)
            && !known.ResourceId.StartsWith("event:", StringComparison.Ordinal));
    }

    // The masters of a search domain are orders/masters in the ledger.
    private static string Whole(RunningResource known) => known.ResourceType == Kinds.SearchDomain.PricedAs ? known.ResourceId.Split('/')[0] : known.ResourceId;

    // A table that is billed by its requests costs nothing by being there.
    private static bool IsBilledByUse(Resource resource) => resource.Size == "on-demand";

    private static bool IsRunning(Resource resource) => resource.State is null || !notRunning.Contains(resource.State);

    private static DateTimeOffset? Since(Resource resource, Sightings? before) => resource.Created ?? before?.Resources.GetValueOrDefault(resource.Id)?.First;

    // Ends with the first part.
    private static bool IsPart(RunningResource known) => known.Id.Contains('#', StringComparison.Ordinal);
}
