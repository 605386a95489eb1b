namespace DdocCost.Domain.Reconcile;

/// <summary>How far a learned factor can be trusted.</summary>
public enum FactorSureness
{
    /// <summary>Few resources, or they disagree.</summary>
    Low,

    /// <summary>Three resources or more, within a fifth.</summary>
    Medium,

    /// <summary>Ten resources or more, within a twentieth.</summary>
    High,
}

/// <summary>Sums over resources that are both billed and estimated, enough to learn a factor without the rows.</summary>
/// <param name="Resources">How many.</param>
/// <param name="Billed">USD.</param>
/// <param name="Estimated">USD.</param>
/// <param name="BilledSquared">Of the squares of what each was billed.</param>
/// <param name="Product">Of billed × estimated of each.</param>
/// <param name="EstimatedSquared">Of the squares of the estimates.</param>
public readonly record struct Matched(long Resources, double Billed, double Estimated, double BilledSquared, double Product, double EstimatedSquared);

/// <summary>
/// What a service is billed per dollar of our estimate at list price: the ratio of the sums, so that large resources count as they do on the bill. Its standard error is
/// that of a ratio estimator, from how far each resource lies off the ratio.
/// </summary>
/// <remarks>Cochran, Sampling Techniques, 3rd ed., eq. 6.13, without the correction for a finite population.</remarks>
/// <param name="Factor">1 = billed at list price.</param>
/// <param name="Error">Standard error, in units of the factor; null with one resource.</param>
/// <param name="Resources">How many it is learned from.</param>
public sealed record DiscountFactor(double Factor, double? Error, long Resources)
{
    /// <summary>How sure.</summary>
    public FactorSureness Sureness => Error is not { } error ? FactorSureness.Low
        : Resources >= 10 && error <= 0.05 * Factor ? FactorSureness.High
        : Resources >= 3 && error <= 0.2 * Factor ? FactorSureness.Medium : FactorSureness.Low;

    /// <summary>Learns one; null where nothing matches.</summary>
    public static DiscountFactor? Of(Matched sums)
    {
        if (sums.Resources < 1 || sums.Estimated <= 0)
            return null;
        var factor = sums.Billed / sums.Estimated;
        if (sums.Resources == 1)
            return new(factor, null, 1);
        var n = (double)sums.Resources;
        var off = Math.Max(0, sums.BilledSquared - (2 * factor * sums.Product) + (factor * factor * sums.EstimatedSquared));
        return new(factor, Math.Sqrt(n / (n - 1) * off) / sums.Estimated, sums.Resources);
    }
}
