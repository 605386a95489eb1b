using DdocCost.Domain.Ledger;
using DdocCost.Domain.Pricing;

namespace DdocCost.Domain.Zombies;

/// <summary>
/// What the trail showed to run in a region against what a scan saw there. Document. The trail misses what was made before it was read and
/// what services make by themselves; a scan misses what it may not see.
/// </summary>
public sealed record InventoryComparison
{
    private const int MostListed = 500;

    /// <summary><c>account/region</c>.</summary>
    public required string Id { get; init; }

    /// <summary>Account.</summary>
    public required string AccountId { get; init; }

    /// <summary>Region.</summary>
    public required string Region { get; init; }

    /// <summary>When the scan was, UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Known to both: how many.</summary>
    public int Both { get; init; }

    /// <summary>Known to both: what they cost as the trail has it, USD per hour.</summary>
    public decimal BothByTrailUsdPerHour { get; init; }

    /// <summary>Known to both: what they cost as the scan has it, USD per hour.</summary>
    public decimal BothByScanUsdPerHour { get; init; }

    /// <summary>Only the trail knows them, dearest first, bounded.</summary>
    public IReadOnlyList<InventoryItem> TrailOnly { get; init; } = [];

    /// <summary>Only the scan knows them, dearest first, bounded.</summary>
    public IReadOnlyList<InventoryItem> ScanOnly { get; init; } = [];

    /// <summary>All that only the trail knows, USD per hour.</summary>
    public decimal TrailOnlyUsdPerHour { get; init; }

    /// <summary>All that only the scan knows, USD per hour.</summary>
    public decimal ScanOnlyUsdPerHour { get; init; }

    /// <summary>How many only the trail knows.</summary>
    public int TrailOnlyCount { get; init; }

    /// <summary>How many only the scan knows.</summary>
    public int ScanOnlyCount { get; init; }

    /// <summary>By how much both differed in each resource type, the largest difference first.</summary>
    public IReadOnlyList<InventoryDifference> ByType { get; init; } = [];

    /// <summary>How many that only the scan knew were entered in the ledger.</summary>
    public int Entered { get; init; }

    /// <summary>How many that only the trail knew were ended in the ledger: two scans in a row did not see them.</summary>
    public int Ended { get; init; }

    /// <summary>Compares. Only kinds that were scanned take part; a price that is not known counts as nothing.</summary>
    /// <param name="account">Account.</param>
    /// <param name="region">Region.</param>
    /// <param name="facts">What the scan collected.</param>
    /// <param name="trail">What the trail knows.</param>
    /// <param name="prices">List prices.</param>
    /// <param name="now">When the scan was, UTC.</param>
    public static InventoryComparison Of(string account, string region, RegionFacts facts, TrailKnowledge trail, PriceBook prices, DateTimeOffset now)
    {
        var scannedTypes = facts.Scanned.Select(kind => kind.PricedAs).ToHashSet();
        var seen = facts.Scanned
            .Where(kind => PricedResources.Types.Contains(kind.PricedAs) && !Twice.Contains(kind.Name))
            .SelectMany(facts.Of)
            .Where(resource => !(resource.Kind == Kinds.Instance.Name && resource.State == "stopped"))
            .ToList();
        var both = seen.Select(resource => (Resource: resource, Trail: trail.Find(resource))).Where(pair => pair.Trail is not null).ToList();
        var known = both.Select(pair => pair.Trail!.Id).ToHashSet();
        var trailOnly = trail.In(region)
            .Where(resource => resource.AccountId == account && resource.PausedAt is null && scannedTypes.Contains(resource.ResourceType) && !known.Contains(resource.Id) && !resource.Id.Contains('#', StringComparison.Ordinal))
            .Select(resource => new InventoryItem(resource.ResourceType, resource.ResourceId, resource.UsdPerHour)).ToList();
        var scanOnly = seen.Where(resource => trail.Find(resource) is null).Select(resource => Item(resource, prices)).Where(item => item.UsdPerHour is null or > 0).ToList();
        return new InventoryComparison
        {
            Id = $"{account}/{region}",
            AccountId = account,
            Region = region,
            At = now,
            Both = both.Count,
            BothByTrailUsdPerHour = both.Sum(pair => pair.Trail!.UsdPerHour ?? 0),
            BothByScanUsdPerHour = both.Sum(pair => Item(pair.Resource, prices).UsdPerHour ?? 0),
            TrailOnly = Dearest(trailOnly),
            ScanOnly = Dearest(scanOnly),
            TrailOnlyCount = trailOnly.Count,
            ScanOnlyCount = scanOnly.Count,
            TrailOnlyUsdPerHour = trailOnly.Sum(item => item.UsdPerHour ?? 0),
            ScanOnlyUsdPerHour = scanOnly.Sum(item => item.UsdPerHour ?? 0),
            ByType = Differences([.. both.Select(pair => pair.Trail!)], [.. both.Select(pair => Item(pair.Resource, prices))], trailOnly, scanOnly),
        };
    }

    private static IReadOnlyList<InventoryDifference> Differences(
        IReadOnlyList<RunningResource> known, IReadOnlyList<InventoryItem> scanned, IReadOnlyList<InventoryItem> trailOnly, IReadOnlyList<InventoryItem> scanOnly) =>
    [
        .. from type in known.Select(one => one.ResourceType).Concat(trailOnly.Concat(scanOnly).Select(one => one.ResourceType)).Distinct()
           let byTrail = known.Where(one => one.ResourceType == type).ToList()
           let difference = new InventoryDifference(type)
           {
               Trail = byTrail.Count + trailOnly.Count(one => one.ResourceType == type),
               TrailUsdPerHour = byTrail.Sum(one => one.UsdPerHour ?? 0) + Sum(trailOnly, type),
               Scan = byTrail.Count + scanOnly.Count(one => one.ResourceType == type),
               ScanUsdPerHour = Sum(scanned, type) + Sum(scanOnly, type),
           }
           orderby Math.Abs(difference.ScanUsdPerHour - difference.TrailUsdPerHour) descending, type
           select difference,
    ];

    private static decimal Sum(IReadOnlyList<InventoryItem> items, string type) => items.Where(item => item.ResourceType == type).Sum(item => item.UsdPerHour ?? 0);

    // Part of another kind's price.
    private static readonly HashSet<string> Twice = [Kinds.TableIndex.Name];

    private static IReadOnlyList<InventoryItem> Dearest(IEnumerable<InventoryItem> items) =>
        [.. items.OrderByDescending(item => item.UsdPerHour ?? 0).ThenBy(item => item.ResourceId, StringComparer.Ordinal).Take(MostListed)];

    private static InventoryItem Item(Resource resource, PriceBook prices) =>
        new(resource.PricedAs ?? resource.Kind, resource.Id, Suspect.CostOf(resource, prices).UsdPerHour);
}

/// <summary>What the trail and a scan know of one resource type.</summary>
/// <param name="ResourceType">As in the ledger.</param>
public sealed record InventoryDifference(string ResourceType)
{
    /// <summary>How many by the trail.</summary>
    public int Trail { get; init; }

    /// <summary>What they cost, USD per hour.</summary>
    public decimal TrailUsdPerHour { get; init; }

    /// <summary>How many by the scan.</summary>
    public int Scan { get; init; }

    /// <summary>What they cost, USD per hour.</summary>
    public decimal ScanUsdPerHour { get; init; }
}

/// <summary>A resource that only one of the two knows.</summary>
/// <param name="ResourceType">As in the ledger.</param>
/// <param name="ResourceId">Id as AWS gave it.</param>
/// <param name="UsdPerHour">At list price, or null where no price is known.</param>
public sealed record InventoryItem(string ResourceType, string ResourceId, decimal? UsdPerHour);
