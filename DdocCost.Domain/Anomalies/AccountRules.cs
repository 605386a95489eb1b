using DdocCost.Domain.Normalise;
using DdocCost.Domain.Scoring;
using DdocCost.Domain.Tuning;

namespace DdocCost.Domain.Anomalies;

/// <summary>What people have set for one account and what holds from event to event, unlike a decision on one case.</summary>
public sealed class AccountRules
{
    /// <summary>Nothing set.</summary>
    public static readonly AccountRules None = new("", DetectionSettings.None, []);

    private readonly string accountId;
    private readonly DetectionSettings settings;
    private readonly IReadOnlyList<StandingExpectation> expectations;
    private readonly Dictionary<string, DetectionOptions> optionsByService = [];

    /// <summary>Makes them.</summary>
    /// <param name="accountId">Account.</param>
    /// <param name="settings">What its tenant has set of the detector.</param>
    /// <param name="expectations">What is expected there; those that have ended may be among them.</param>
    public AccountRules(string accountId, DetectionSettings settings, IReadOnlyList<StandingExpectation> expectations) =>
        (this.accountId, this.settings, this.expectations) = (accountId, settings, expectations);

    /// <summary>Parameters by which an event is weighed. Not thread-safe.</summary>
    public DetectionOptions OptionsFor(ResourceEvent e)
    {
        ArgumentNullException.ThrowIfNull(e);
        if (settings.Rules.Count == 0)
        {
            return DetectionOptions.Default;
        }

        if (!optionsByService.TryGetValue(e.Service, out var options))
        {
            optionsByService[e.Service] = options = settings.OptionsFor(accountId, e.Service);
        }

        return options;
    }

    /// <summary>The expectation because of which something flagged is not alerted, or null: nothing flagged, nothing expected, or too much money.</summary>
    public StandingExpectation? Expecting(ResourceEvent e, Verdict verdict)
    {
        ArgumentNullException.ThrowIfNull(verdict);
        if (verdict.Severity == Severity.None || expectations.Count == 0)
        {
            return null;
        }

        var part = CasePart.Of(e);
        return expectations.FirstOrDefault(expectation =>
            expectation.Holds(e.Time) && expectation.Covers(part) && verdict.MoneyAtRiskUsd <= expectation.MostUsdWithinDay);
    }
}
