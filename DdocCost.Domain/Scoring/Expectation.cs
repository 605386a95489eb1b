namespace DdocCost.Domain.Scoring;

/// <summary>What is expected of an amount, on the logarithmic scale: centre, spread and how much stands behind them.</summary>
/// <param name="Centre">Expected natural logarithm of the amount in USD a day.</param>
/// <param name="Spread">Standard deviation of that logarithm.</param>
/// <param name="Support">How many observations stand behind it, what was assumed included.</param>
public readonly record struct Expectation(double Centre, double Spread, double Support)
{
    /// <summary>What is assumed of an account nothing is known of.</summary>
    public static Expectation Prior(DetectionOptions options) =>
        new(Math.Log(options.PriorUsdPerDay), Math.Log(options.PriorFactor), options.PriorWeight);

    /// <summary>
    /// What is expected after observations: they and this, each by its weight (shrinkage). With few observations it is this, with many it is them.
    /// </summary>
    /// <remarks>
    /// centre = (k c + w m) / (k + w), spread² = (k s² + scatter) / (k + w), with k the prior's weight, w that of the observations (at most
    /// <see cref="DetectionOptions.MostWeight"/>). Gelman et al., Bayesian Data Analysis, 3.3, without the term for a disagreement of the
    /// two centres: what is usual elsewhere says how much amounts vary, not how large they are.
    /// </remarks>
    public Expectation After(Moments observed, DetectionOptions options)
    {
        var known = observed.Weight > options.MostWeight ? observed.Forget(options.MostWeight / observed.Weight) : observed;
        var total = options.PriorWeight + known.Weight;
        var centre = ((options.PriorWeight * Centre) + (known.Weight * known.Mean)) / total;
        var variance = ((options.PriorWeight * Spread * Spread) + known.Scatter) / total;
        return new Expectation(centre, Math.Max(Math.Sqrt(variance), Math.Log(options.LeastFactor)), total);
    }

    /// <summary>How many spreads an amount lies above what is expected.</summary>
    public double Distance(double usdPerDay, DetectionOptions options) => (LogOf(usdPerDay, options) - Centre) / Spread;

    /// <summary>
    /// How much likelier "unwanted" becomes by an amount, in nats: 0 at or below what is expected, growing with the distance above.
    /// </summary>
    /// <remarks>
    /// (v + 1) / 2 · ln(1 + z² / v), the logarithm of how much less likely the amount is than the expected one under Student's t with v
    /// degrees of freedom: with little support even a large distance says little.
    /// </remarks>
    public double Surprise(double usdPerDay, DetectionOptions options)
    {
        var z = Distance(usdPerDay, options);
        return z <= 0 ? 0 : (Support + 1) / 2 * Math.Log(1 + (z * z / Support));
    }

    /// <summary>An amount on the scale of the expectation, clipped so that it does not move it far.</summary>
    public double Winsorised(double usdPerDay, DetectionOptions options) =>
        Math.Clamp(LogOf(usdPerDay, options), Centre - (options.Winsor * Spread), Centre + (options.Winsor * Spread));

    /// <summary>Natural logarithm of an amount, cents taken as <see cref="DetectionOptions.CentsUsdPerDay"/>.</summary>
    public static double LogOf(double usdPerDay, DetectionOptions options) => Math.Log(Math.Max(usdPerDay, options.CentsUsdPerDay));

    /// <summary>The expected amount, USD a day (geometric mean).</summary>
    public double UsualUsdPerDay => Math.Exp(Centre);

    /// <summary>One spread above what is expected, as a distance from it, USD a day; spread = ln(1 + this / usual).</summary>
    public double DeviationUsdPerDay => Math.Exp(Centre + Spread) - Math.Exp(Centre);
}
