using DdocCost.Domain.Anomalies;
using DdocCost.Domain.Ledger;
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
        var verdict = Judge(state.Scorer, state.Rules, costed);
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

    /// <summary>Lets the account behave as people decided on one of its cases. The same decision again changes nothing.</summary>
    /// <param name="state">The account's state; changed.</param>
    /// <param name="anomaly">The case: as the account's book has it, or as stored where it is closed.</param>
    /// <param name="taken">What was decided.</param>
    /// <returns>What there is to tell, or null.</returns>
    public static Alert? Decide(AccountState state, AnomalyCase anomaly, DecisionTaken taken)
    {
        var alert = state.Cases.Decide(anomaly, taken, () => Running(state, anomaly));
        if (taken.Decision.Accepts() is { } accepts)
        {
            foreach (var part in anomaly.Parts)
            {
                state.Scorer.Accept(part.ActorId, part.ResourceType, part.Region, accepts);
            }
        }

        return alert;
    }

    /// <summary>Scores an event by what people have set, and takes their word where they expect it: it is learned, and not alerted.</summary>
    public static Verdict Judge(AccountScorer scorer, AccountRules rules, CostedEvent costed)
    {
        scorer.Options = rules.OptionsFor(costed.Event);
        var verdict = scorer.Score(costed);
        if (rules.Expecting(costed.Event, verdict) is not { } expected)
        {
            return verdict;
        }

        var part = CasePart.Of(costed.Event);
        scorer.Accept(part.ActorId, part.ResourceType, part.Region);
        return verdict with { Severity = Severity.None, Expected = expected.Reason };
    }

    private static IReadOnlyCollection<(string Id, decimal UsdPerHour)> Running(AccountState state, AnomalyCase anomaly)
    {
        var ids = anomaly.RunningResourceIds.ToHashSet();
        return [.. state.Ledger.Running.Values
            .Where(resource => ids.Contains(resource.ResourceId))
            .GroupBy(resource => resource.ResourceId)
            .Select(parts => (parts.Key, parts.Sum(resource => resource.UsdPerHour ?? 0)))];
    }
}
