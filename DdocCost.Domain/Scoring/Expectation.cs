namespace DdocCost.Domain.Scoring;

/// <summary>
/// What is expected of an amount, on the logarithmic scale: where its centre lies and how sure that is, how much amounts vary around it, and
/// how much stands behind that.
/// </summary>
/// <param name="Centre">Expected natural logarithm of the amount.</param>
/// <param name="Doubt">Standard deviation of the centre itself: how far it may be off.</param>
/// <param name="Variation">Standard deviation of amounts around the centre.</param>
/// <param name="Support">How many observations stand behind the variation, what was assumed included.</param>
/// <param name="Least">Amounts below are all alike; keeps cents, and nothing at all, out of the logarithms.</param>
public readonly record struct Expectation(double Centre, double Doubt, double Variation, double Support, double Least)
{
    /// <summary>Standard deviation of the next amount: variation and doubt together.</summary>
    public double Spread => Math.Sqrt((Variation * Variation) + (Doubt * Doubt));

    /// <summary>What is assumed where nothing is known: the given amount, give or take <see cref="DetectionOptions.BetweenFactor"/>.</summary>
    public static Expectation Prior(double usual, double least, DetectionOptions options) =>
        OfLog(Math.Log(usual), least, options);

    /// <summary>What is assumed of money where nothing is known.</summary>
    public static Expectation OfMoney(DetectionOptions options) => OfLog(options.LogPriorUsdPerDay, options.CentsUsdPerDay, options);

    /// <summary>What is assumed of how many hours something runs where nothing is known: until somebody notices.</summary>
    public static Expectation OfHours(double least, DetectionOptions options) => OfLog(options.LogHoursToNotice, least, options);

    /// <summary>What is assumed of the number of starts where nothing is known.</summary>
    public static Expectation OfStarts(DetectionOptions options) => OfLog(options.LogPriorStarts, 1, options);

    private static Expectation OfLog(double usual, double least, DetectionOptions options) =>
        new(usual, options.LogBetweenFactor, options.LogWithinFactor, options.PriorWeight, least);

    /// <summary>
    /// What is expected after observations: with none it is what is expected of the wider whole this is part of, with many it is them (shrinkage).
    /// </summary>
    /// <remarks>
    /// The normal hierarchical model (Gelman et al., Bayesian Data Analysis, 5.4): with w observations of mean m and scatter S, a whole with
    /// centre c and variation s, parts that differ from it by t = ln(<see cref="DetectionOptions.BetweenFactor"/>), and k =
    /// <see cref="DetectionOptions.PriorWeight"/>: variation² = (k s² + S) / (k + w - 1), doubt² = 1 / (1/t² + w/variation²),
    /// centre = doubt² (c/t² + w m/variation²). One observation alone says nothing of the variation.
    /// </remarks>
    public Expectation After(Moments observed, DetectionOptions options)
    {
        var known = observed.Weight > options.MostWeight ? observed.Forget(options.MostWeight / observed.Weight) : observed;
        var variance = ((options.PriorWeight * Variation * Variation) + known.Scatter) / (options.PriorWeight + Math.Max(0, known.Weight - 1));
        var least = options.LogLeastFactor;
        variance = Math.Max(variance, least * least);
        var between = options.LogBetweenFactor;
        var ofWhole = 1 / (between * between);
        var ofObserved = known.Weight / variance;
        var precision = ofWhole + ofObserved;
        return new Expectation(
            ((ofWhole * Centre) + (ofObserved * known.Mean)) / precision,
            Math.Sqrt(1 / precision),
            Math.Sqrt(variance),
            options.PriorWeight + known.Weight,
            Least);
    }

    /// <summary>How many spreads an amount lies above what is expected.</summary>
    public double Distance(double amount) => (LogOf(amount) - Centre) / Spread;

    /// <summary>
    /// How much likelier "unwanted" becomes by an amount, in nats: 0 at or below what is expected, growing with the distance above.
    /// </summary>
    /// <remarks>
    /// (v + 1) / 2 · ln(1 + z² / v), the logarithm of how much less likely the amount is than the expected one under Student's t with v
    /// degrees of freedom: with little support even a large distance says little.
    /// </remarks>
    public double Surprise(double amount)
    {
        var z = Distance(amount);
        return z <= 0 ? 0 : (Support + 1) / 2 * Math.Log(1 + (z * z / Support));
    }

    /// <summary>An amount on the scale of the expectation, clipped so that it does not move it far.</summary>
    public double Winsorised(double amount, DetectionOptions options) =>
        Math.Clamp(LogOf(amount), Centre - (options.Winsor * Spread), Centre + (options.Winsor * Spread));

    /// <summary>The same of an ordinary amount, clipped more closely above where enough is known: what grows by small steps is followed slowly.</summary>
    public double Stepped(double amount, DetectionOptions options) =>
        Support < 2 * options.PriorWeight ? Winsorised(amount, options) : Math.Min(Winsorised(amount, options), Centre + (options.Step * Spread));

    /// <summary>Natural logarithm of an amount, at least of <see cref="Least"/>.</summary>
    public double LogOf(double amount) => Math.Log(Math.Max(amount, Least));

    /// <summary>The expected amount (geometric mean).</summary>
    public double Usual => Math.Exp(Centre);

    /// <summary>One spread above what is expected.</summary>
    public double Upper => Math.Exp(Centre + Spread);

    /// <summary>One spread above what is expected, as a distance from it; spread = ln(1 + this / usual).</summary>
    public double Deviation => Math.Exp(Centre + Spread) - Math.Exp(Centre);
}
