using DdocCost.Domain.Normalise;
using DdocCost.Domain.Scoring;

namespace DdocCost.Domain.Anomalies;

/// <summary>What people have set for one account and what holds from event to event, unlike a decision on one case.</summary>
/// <param name="Expectations">What is expected there; those that have ended may be among them.</param>
public sealed record AccountRules(IReadOnlyList<StandingExpectation> Expectations)
{
    /// <summary>Nothing set.</summary>
    public static readonly AccountRules None = new([]);

    /// <summary>The expectation because of which something flagged is not alerted, or null: nothing flagged, nothing expected, or too much money.</summary>
    public StandingExpectation? Expecting(ResourceEvent e, Verdict verdict)
    {
        ArgumentNullException.ThrowIfNull(verdict);
        if (verdict.Severity == Severity.None || Expectations.Count == 0)
        {
            return null;
        }

        var part = CasePart.Of(e);
        return Expectations.FirstOrDefault(expectation =>
            expectation.Holds(e.Time) && expectation.Covers(part) && verdict.MoneyAtRiskUsd <= expectation.MostUsdWithinDay);
    }
}
