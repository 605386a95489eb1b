using System.Text.Json.Serialization;

namespace DdocCost.Domain.Scoring;

/// <summary>
/// How far what is usual has climbed since it was lowest, and how much days differ from one to the next: what grows by a few percent a day is never
/// far above what is usual, which follows it, and spreads itself as widely. Of constant size. The default has seen nothing.
/// </summary>
/// <param name="Rise">
/// So much usual logarithms have climbed, less what is ordinary growth: a cumulative sum that starts anew at zero (Page, Continuous inspection schemes,
/// Biometrika 41, 1954). It also does with what was told: somebody knows.
/// </param>
/// <param name="Latest">Logarithm of the latest day's busiest moment.</param>
/// <param name="Steps">Differences of the logarithms of one day and the next.</param>
public readonly record struct Growth(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] double Rise,
    double Latest,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] Moments Steps)
{
    // What doubles within a year is how companies grow.
    private const double OrdinaryPerDay = 0.693147180559945309 / 365;

    /// <summary>With a day's value, which moved what is usual, days after the one before.</summary>
    /// <param name="value">Logarithm of the day's busiest moment.</param>
    /// <param name="before">What was usual.</param>
    /// <param name="after">What is usual with it.</param>
    /// <param name="options">Parameters.</param>
    public Growth With(double value, Moments before, Moments after, DetectionOptions options) => before.Weight <= 0
        ? this with { Latest = value }
        : new Growth(Climbed(before, after, options), value, Steps.Add(value - Latest));

    /// <summary>With something more that became usual without being a day's value.</summary>
    public Growth Climbing(Moments before, Moments after, DetectionOptions options) => this with { Rise = Climbed(before, after, options) };

    /// <summary>After some days: what is ordinary is left out, and old days are forgotten.</summary>
    public Growth After(TimeSpan time, DetectionOptions options) => Latest == 0 ? this : this with
    {
        Rise = Math.Max(0, Rise - (OrdinaryPerDay * time.TotalDays)),
        Steps = Steps.Forget(DecayingSum.Decay(time, options.Memory)),
    };

    /// <summary>What was expected of it before it grew. Amounts vary as one day does from the next, its growth left out.</summary>
    /// <remarks>
    /// Half the mean square of successive differences estimates a variance whatever trend lies beneath (von Neumann, Annals of Mathematical Statistics
    /// 12, 1941); like any variation it leans on what is assumed until there are enough.
    /// </remarks>
    public Expectation Before(in Expectation norm, DetectionOptions options)
    {
        var (k, least, assumed) = (options.PriorWeight, options.LogLeastFactor, options.LogWithinFactor);
        var variance = ((k * assumed * assumed) + (Steps.Scatter / 2)) / (k + Steps.Weight);
        return norm with
        {
            Centre = norm.Centre - Rise,
            Variation = Math.Sqrt(Math.Max(variance, least * least)),
            Support = k + Math.Min(Steps.Weight, options.MostWeight),
        };
    }

    // Until as much was seen as is assumed, what is usual is still being found.
    private double Climbed(Moments before, Moments after, DetectionOptions options) =>
        before.Weight < options.PriorWeight ? 0 : Math.Max(0, Rise + after.Mean - before.Mean);
}
