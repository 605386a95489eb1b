namespace DdocCost.Domain.Scoring;

/// <summary>How wide a sum of money was looked at.</summary>
internal enum Scope
{
    Event,
    Cause,
    Actor,
    Type,
    Account,
}

/// <summary>What of it was compared with what is usual.</summary>
internal enum Aspect
{
    /// <summary>Dollars.</summary>
    Money,

    /// <summary>How many things were started.</summary>
    Starts,

    /// <summary>How many things were started that are not usual for it, compared with all that the account starts.</summary>
    StartsOfAll,

    /// <summary>Dollars, with what was usual before that climbed by small steps.</summary>
    Growth,

    /// <summary>How long the oldest of it has run, hours.</summary>
    Age,
}

/// <summary>One sum of money and what speaks for its being unwanted.</summary>
/// <param name="Scope">Whose money.</param>
/// <param name="Aspect">What was compared.</param>
/// <param name="UsdPerDay">Money at risk, USD within a day.</param>
/// <param name="Level">What was compared with the expectation, in the aspect's unit.</param>
/// <param name="Norm">What is expected of that.</param>
/// <param name="Surprise">Evidence of its size, nats.</param>
/// <param name="Newness">Evidence of who, what and where being new, nats.</param>
/// <param name="LossUsd">Expected loss: money at risk times its chance of being unwanted, USD.</param>
internal readonly record struct View(
    Scope Scope, Aspect Aspect, double UsdPerDay, double Level, Expectation Norm, double Surprise, double Newness, double LossUsd)
{
    private const double Clearly = 1.1;

    /// <summary>The one with the larger loss; a wider sum, which comes later, must say clearly more.</summary>
    public static View Larger(in View first, in View second) => IsLarger(first, second) ? second : first;

    /// <summary>Whether the second says clearly more.</summary>
    public static bool IsLarger(in View first, in View second) => second.LossUsd > Clearly * first.LossUsd;
}
