using DdocCost.Domain.Normalise;
using DdocCost.Domain.Pricing;

namespace DdocCost.Domain.Ledger;

/// <summary>What runs in one account now and what has been defined there; prices each event against it. Single-threaded, bounded.</summary>
public sealed class ResourceLedger
{
    /// <summary>How many ends are remembered an account; the oldest are forgotten first.</summary>
    public const int MaxEnded = 1_000;

    /// <summary>Takes up a ledger where it was left.</summary>
    public ResourceLedger(
        string accountId, IEnumerable<RunningResource> running, IEnumerable<ResourceDefinition> definitions, IEnumerable<EndedResource> ended) =>
        AccountId = accountId;

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
