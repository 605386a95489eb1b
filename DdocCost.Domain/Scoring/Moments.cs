namespace DdocCost.Domain.Scoring;

/// <summary>Running mean and scatter of weighted values, updated one at a time without keeping them. The default value is "nothing seen".</summary>
/// <param name="Weight">Sum of the weights: the count where every value weighs 1 and nothing was forgotten.</param>
/// <param name="Mean">Mean.</param>
/// <param name="Scatter">Weighted sum of squared distances from the mean.</param>
/// <remarks>Sources: Welford, Technometrics 4(3), 1962; West, CACM 22(9), 1979 (weights); Chan, Golub, LeVeque, 1979 (merge).</remarks>
public readonly record struct Moments(double Weight, double Mean, double Scatter)
{
    /// <summary>With one value more. A value that is no number, or of no weight, changes nothing.</summary>
    public Moments Add(double value, double weight = 1)
    {
        if (!double.IsFinite(value) || !(weight > 0))
        {
            return this;
        }

        var total = Weight + weight;
        var delta = value - Mean;
        var mean = Mean + (delta * weight / total);
        return new Moments(total, mean, Scatter + (weight * delta * (value - mean)));
    }

    /// <summary>As if the values of both had been added to one.</summary>
    public Moments Merge(Moments other)
    {
        var total = Weight + other.Weight;
        if (!(total > 0))
        {
            return this;
        }

        var delta = other.Mean - Mean;
        return new Moments(total, Mean + (delta * other.Weight / total), Scatter + other.Scatter + (delta * delta * Weight * other.Weight / total));
    }

    /// <summary>What was seen so far weighs <paramref name="factor"/> of what it did, 0 to 1; mean and spread stay, support shrinks.</summary>
    public Moments Forget(double factor) => new(Weight * factor, Mean, Scatter * factor);

    /// <summary>Sample standard deviation (weight - 1), or null where fewer than two values are behind it.</summary>
    public double? Deviation() => Weight > 1 ? Math.Sqrt(Scatter / (Weight - 1)) : null;
}
