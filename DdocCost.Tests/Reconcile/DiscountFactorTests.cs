using CsCheck;
using DdocCost.Domain.Reconcile;

namespace DdocCost.Tests.Reconcile;

/// <summary>What is learned from estimates beside bills.</summary>
public sealed class DiscountFactorTests
{
    [Fact]
    public void Resources_that_all_have_the_same_discount_leave_no_doubt() => Gen.Select(Gen.Double[0.1, 1.5], Gen.Double[0.01, 5000].List[10, 50]).Sample((discount, estimates) =>
    {
        var factor = DiscountFactor.Of(Sums(estimates.Select(estimate => (estimate * discount, estimate))))!;
        Assert.Equal(discount, factor.Factor, 9);
        Assert.Equal(0, factor.Error!.Value, 4);
        Assert.Equal(FactorSureness.High, factor.Sureness);
    });

    [Fact]
    public void The_standard_error_is_that_of_a_ratio()
    {
        // By hand: ratio 18/20 = 0.9; off by 1 and −1, so √(2/1 · 2) / 20.
        var factor = DiscountFactor.Of(Sums([(10, 10), (8, 10)]))!;

        Assert.Equal(0.9, factor.Factor, 12);
        Assert.Equal(0.1, factor.Error!.Value, 12);
        Assert.Equal(FactorSureness.Low, factor.Sureness);
    }

    [Fact]
    public void One_resource_tells_a_factor_and_no_error_and_none_tells_nothing()
    {
        Assert.Equal(new DiscountFactor(0.7, null, 1), DiscountFactor.Of(Sums([(7, 10)])));
        Assert.Equal(FactorSureness.Low, new DiscountFactor(0.7, null, 1).Sureness);
        Assert.Null(DiscountFactor.Of(default));
    }

    private static Matched Sums(IEnumerable<(double Billed, double Estimated)> pairs)
    {
        var all = pairs.ToList();
        return new(all.Count, all.Sum(p => p.Billed), all.Sum(p => p.Estimated), all.Sum(p => p.Billed * p.Billed), all.Sum(p => p.Billed * p.Estimated), all.Sum(p => p.Estimated * p.Estimated));
    }
}
