using DdocCost.Domain.Anomalies;
using DdocCost.Domain.Ledger;
using DdocCost.Domain.Pricing;
using DdocCost.Domain.Scoring;

namespace DdocCost.Domain.Pipeline;

/// <summary>All that must be known of one account to take its next event: held in memory by whoever owns the account's lane.</summary>
public sealed class AccountState
{
    /// <summary>Takes up an account where it was left; an empty snapshot starts a new one.</summary>
    /// <param name="snapshot">What was stored.</param>
    /// <param name="prices">Prices; the embedded book where null.</param>
    public AccountState(AccountSnapshot snapshot, CurrentPrices? prices = null)
    {
        AccountId = snapshot.AccountId;
        Ledger = new ResourceLedger(snapshot.AccountId, snapshot.Running, snapshot.Definitions, snapshot.Ended, prices);
        Scorer = new AccountScorer(snapshot.AccountId, snapshot.Baselines, snapshot.Profile);
        Cases = new CaseBook(snapshot.AccountId, snapshot.OpenCases);
    }

    /// <summary>Account.</summary>
    public string AccountId { get; }

    /// <summary>What runs there.</summary>
    public ResourceLedger Ledger { get; }

    /// <summary>What is normal there.</summary>
    public AccountScorer Scorer { get; }

    /// <summary>What is wrong there.</summary>
    public CaseBook Cases { get; }

    /// <summary>What people set for it; whoever owns the account sets it anew before each batch.</summary>
    public AccountRules Rules { get; set; } = AccountRules.None;

    /// <summary>What changed since the last call, for storage; forgets it.</summary>
    public StateChanges DrainChanges()
    {
        var (baselines, profile) = Scorer.DrainChanges();
        return new StateChanges(Ledger.DrainChanges(), baselines, profile, Cases.DrainChanges());
    }
}

/// <summary>An account's state as stored.</summary>
public sealed record AccountSnapshot
{
    /// <summary>Account.</summary>
    public required string AccountId { get; init; }

    /// <summary>What runs.</summary>
    public IReadOnlyList<RunningResource> Running { get; init; } = [];

    /// <summary>What was defined.</summary>
    public IReadOnlyList<ResourceDefinition> Definitions { get; init; } = [];

    /// <summary>What ended not long ago.</summary>
    public IReadOnlyList<EndedResource> Ended { get; init; } = [];

    /// <summary>Baselines of its resource types.</summary>
    public IReadOnlyList<Baseline> Baselines { get; init; } = [];

    /// <summary>The account as a whole, or null where nothing was learned yet.</summary>
    public AccountProfile? Profile { get; init; }

    /// <summary>Cases not closed.</summary>
    public IReadOnlyList<AnomalyCase> OpenCases { get; init; } = [];
}

/// <summary>What a batch changed in an account.</summary>
/// <param name="Ledger">Resources, definitions, hours.</param>
/// <param name="Baselines">Baselines to store.</param>
/// <param name="Profile">Profile to store, or null where unchanged.</param>
/// <param name="Cases">Cases to store.</param>
public sealed record StateChanges(LedgerChanges Ledger, IReadOnlyList<Baseline> Baselines, AccountProfile? Profile, IReadOnlyList<AnomalyCase> Cases);
