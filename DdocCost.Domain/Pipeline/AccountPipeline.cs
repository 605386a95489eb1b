using DdocCost.Domain.Anomalies;
using DdocCost.Domain.Normalise;
using DdocCost.Domain.Scoring;

namespace DdocCost.Domain.Pipeline;

/// <summary>Takes the events of one account through price, score and case, in order. The same code for a replay in memory and for the durable pipeline.</summary>
public static class AccountPipeline
{
    /// <summary>Takes one event.</summary>
    /// <param name="state">The account's state; changed.</param>
    /// <param name="e">An event of that account, not seen before.</param>
    /// <param name="now">When it is scored, UTC; kept with the event, never used in a decision.</param>
    public static (CostEvent Event, Alert? Alert) Take(AccountState state, ResourceEvent e, DateTimeOffset now)
    {
        var costed = state.Ledger.Apply(e);
        var verdict = state.Scorer.Score(costed);
        var (caseId, alert) = state.Cases.Enter(costed, verdict);
        var costEvent = new CostEvent
        {
            Id = e.Key,
            AccountId = e.AccountId,
            Time = e.Time,
            CreatedAt = now,
            Severity = verdict.Severity,
            Costed = costed,
            Verdict = verdict,
            CaseId = caseId,
        };
        return (costEvent, alert);
    }
}
