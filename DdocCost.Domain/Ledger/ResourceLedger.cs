using DdocCost.Domain.Normalise;
using DdocCost.Domain.Pricing;

namespace DdocCost.Domain.Ledger;

/// <summary>What runs in one account now and what has been defined there; prices each event against it. Single-threaded, bounded.</summary>
public sealed class ResourceLedger
{
    /// <summary>Takes up a ledger where it was left.</summary>
    public ResourceLedger(string accountId, IEnumerable<RunningResource> running, IEnumerable<ResourceDefinition> definitions) => AccountId = accountId;

    /// <summary>Account.</summary>
    public string AccountId { get; }

    /// <summary>What runs now costs, USD per hour, priced resources only.</summary>
    public decimal ExposureUsdPerHour { get; private set; }

    /// <summary>What runs now, by resource id.</summary>
    public IReadOnlyDictionary<string, RunningResource> Running { get; } = new Dictionary<string, RunningResource>();

    /// <summary>Resolves, prices and enters an event.</summary>
    public CostedEvent Apply(ResourceEvent e) =>
        new() { Event = e, UsdPerHour = null, Cost = Cost.Unpriced("not priced yet"), ExposureAfterUsdPerHour = ExposureUsdPerHour };

    /// <summary>What changed since the last call, for storage; forgets it.</summary>
    public LedgerChanges DrainChanges() => LedgerChanges.None;
}

/// <summary>What a batch changed in a ledger.</summary>
/// <param name="Started">Resources new or changed.</param>
/// <param name="Ended">Document ids of resources that ended.</param>
/// <param name="Definitions">Definitions new or changed.</param>
/// <param name="Hours">Increments to add to the stored <see cref="SpendHour"/> of the same id.</param>
public sealed record LedgerChanges(
    IReadOnlyList<RunningResource> Started, IReadOnlyList<string> Ended, IReadOnlyList<ResourceDefinition> Definitions, IReadOnlyList<SpendHour> Hours)
{
    /// <summary>Nothing.</summary>
    public static readonly LedgerChanges None = new([], [], [], []);
}
