using DdocCost.Domain.Anomalies;
using DdocCost.Domain.Normalise;
using DdocCost.Domain.Pipeline;
using DdocCost.Domain.Pricing;
using DdocCost.Domain.Scoring;
using DdocCost.Domain.Tuning;

namespace DdocCost.Domain.Reprocess;

/// <summary>
/// An account's state made anew from its events and from what people decided on its cases, in the order in which they came. What people expect
/// counts from when they said so, as it did then. Single-threaded.
/// </summary>
/// <param name="accountId">Account.</param>
/// <param name="prices">Prices.</param>
/// <param name="settings">What is set of the detector now.</param>
/// <param name="expectations">What is expected.</param>
/// <param name="decisions">What people decided and did not take back.</param>
/// <param name="stored">Cases as they are stored, by id, for decisions on one that is not made anew.</param>
public sealed class AccountRebuild(
    string accountId, CurrentPrices prices, DetectionSettings settings, IReadOnlyList<StandingExpectation> expectations,
    IEnumerable<DecisionTaken> decisions, IReadOnlyDictionary<string, AnomalyCase> stored)
{
    private readonly Queue<DecisionTaken> ahead = new(decisions.OrderBy(taken => taken.Signature.At));
    private int expected = -1;

    /// <summary>As far as it is made.</summary>
    public AccountState State { get; } = new(new AccountSnapshot { AccountId = accountId }, prices);

    /// <summary>Takes the next event.</summary>
    /// <param name="e">The event.</param>
    /// <param name="scoredAt">When it was scored the first time, UTC.</param>
    public CostEvent Take(ResourceEvent e, DateTimeOffset scoredAt)
    {
        DecideUntil(scoredAt);
        var holding = expectations.Where(expectation => expectation.Signature.At <= scoredAt).ToList();
        if (holding.Count != expected)
        {
            expected = holding.Count;
            State.Rules = new AccountRules(accountId, settings, holding);
        }

        return AccountPipeline.Take(State, e, scoredAt).Event;
    }

    /// <summary>Takes what people decided after the last event.</summary>
    public StateChanges Finish()
    {
        DecideUntil(DateTimeOffset.MaxValue);
        return State.DrainChanges();
    }

    /// <summary>What people decided on a case and did not take back.</summary>
    public static IEnumerable<DecisionTaken> DecisionsOf(CaseTriage triage)
    {
        ArgumentNullException.ThrowIfNull(triage);
        if (triage.Acknowledged is { } acknowledged)
        {
            yield return new DecisionTaken(triage.Id, new CaseDecision.Acknowledge(), acknowledged);
        }

        if (triage.Snoozed is { } snooze)
        {
            yield return new DecisionTaken(triage.Id, new CaseDecision.Snooze(snooze.Until), snooze.Signature);
        }

        if (triage.Settled is { } verdict)
        {
            yield return new DecisionTaken(
                triage.Id, verdict.End == CaseEnd.Wrong ? new CaseDecision.Wrong() : new CaseDecision.Expect(verdict.Scope ?? ExpectScope.Once, verdict.Until), verdict.Signature);
        }
    }

    private void DecideUntil(DateTimeOffset moment)
    {
        while (ahead.TryPeek(out var next) && next.Signature.At <= moment)
        {
            ahead.Dequeue();
            if ((State.Cases.Find(next.CaseId) ?? stored.GetValueOrDefault(next.CaseId)) is { } anomaly)
            {
                AccountPipeline.Decide(State, anomaly, next);
            }
        }
    }
}
