using DdocCost.Domain.Ledger;

namespace DdocCost.Domain.Scoring;

/// <summary>Scores the events of one account against what is normal there, and learns. Single-threaded, bounded.</summary>
public sealed class AccountScorer
{
    /// <summary>Takes up where it was left.</summary>
    public AccountScorer(string accountId, IEnumerable<Baseline> baselines, AccountProfile? profile) => AccountId = accountId;

    /// <summary>Account.</summary>
    public string AccountId { get; }

    /// <summary>Scores an event, then learns from it unless it was flagged.</summary>
    public Verdict Score(CostedEvent e) => Verdict.Quiet;

    /// <summary>What changed since the last call, for storage; forgets it.</summary>
    public (IReadOnlyList<Baseline> Baselines, AccountProfile? Profile) DrainChanges() => ([], null);
}
