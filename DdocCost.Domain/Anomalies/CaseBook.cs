using DdocCost.Domain.Ledger;
using DdocCost.Domain.Scoring;

namespace DdocCost.Domain.Anomalies;

/// <summary>The open cases of one account: verdicts join, escalate and close them. Single-threaded.</summary>
public sealed class CaseBook
{
    /// <summary>Takes up where it was left.</summary>
    /// <param name="accountId">Account.</param>
    /// <param name="open">Cases that are not closed.</param>
    public CaseBook(string accountId, IEnumerable<AnomalyCase> open) => AccountId = accountId;

    /// <summary>Account.</summary>
    public string AccountId { get; }

    /// <summary>Enters an event: joins or opens a case where the verdict says so, and lowers or closes cases whose resources stopped.</summary>
    /// <returns>The case the event belongs to, or null, and what there is to tell, or null.</returns>
    public (string? CaseId, Alert? Alert) Enter(CostedEvent e, Verdict verdict) => (null, null);

    /// <summary>Cases new or changed since the last call, for storage; forgets them.</summary>
    public IReadOnlyList<AnomalyCase> DrainChanges() => [];
}
