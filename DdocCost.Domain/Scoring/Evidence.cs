namespace DdocCost.Domain.Scoring;

/// <summary>How evidence and money become a score. All amounts in USD, all evidence in nats (natural logarithms of odds).</summary>
public static class Evidence
{
    // How fast a score rises with the expected loss, so that it means what it says. The likeliest on the seeds that the detector was made with
    // (1 to 8) is 1.7; less is more careful.
    private const double Sharpness = 1.5;

    /// <summary>The chance that an event is unwanted, 0 to 1, from the share of events that are and the evidence on this one.</summary>
    /// <remarks>Bayes' rule in odds: ln odds = ln(base / (1 - base)) + evidence. Good, Probability and the Weighing of Evidence, 1950.</remarks>
    public static double Chance(double evidence, double baseRate) => 1 / (1 + (Math.Exp(-evidence) * (1 - baseRate) / baseRate));

    /// <summary>
    /// 0 to 100: in how many of a hundred such hours something unwanted is going on. 50 where the expected loss is exactly what an interruption
    /// costs, so that an alert pays.
    /// </summary>
    /// <param name="expectedLossUsd">Money at risk times the chance that it is unwanted.</param>
    /// <param name="interruptionUsd">What an interruption costs.</param>
    /// <remarks>
    /// 100 / (1 + (interruption / loss)^sharpness), a logistic curve over the logarithm of the ratio. Platt, Probabilistic outputs for support
    /// vector machines, 1999. docs/scorecard.md compares it with what was true.
    /// </remarks>
    public static double Score(double expectedLossUsd, double interruptionUsd) =>
        expectedLossUsd <= 0 ? 0 : 100 / (1 + Math.Pow(interruptionUsd / expectedLossUsd, Sharpness));

    /// <summary>Evidence from so little happening that a mistake stands out: ½ ln(usual / rate), never against.</summary>
    /// <remarks>
    /// Were mistakes a share of what is done, the rate would say nothing; came they so often a month whatever is done, it would say ln(usual / rate).
    /// Both hold in part: half of it.
    /// </remarks>
    /// <param name="perWeek">Events a week.</param>
    /// <param name="usualPerWeek">Events a week of an account for which the base rate is assumed.</param>
    public static double OfCalm(double perWeek, double usualPerWeek) => Math.Max(0, 0.5 * Math.Log(usualPerWeek / perWeek));

    /// <summary>Evidence from something being new where a share of events brings something new: ln(0.5 / share), never against.</summary>
    /// <remarks>
    /// Half of what is unwanted is taken to be new in some way. The share is estimated as (new + 1/2) / (events + 1) (Krichevsky and Trofimov,
    /// 1981), so that on day 0, when everything is new, newness says nothing.
    /// </remarks>
    public static double OfNewness(double newEvents, double events) => Math.Max(0, Math.Log(0.5 * (events + 1) / (newEvents + 0.5)));
}
