using CsCheck;
using DdocCost.Domain.Scoring;

namespace DdocCost.Tests.Scoring;

public sealed class DecayingSumTests
{
    private static readonly TimeSpan HalfLife = TimeSpan.FromMinutes(30);
    private static readonly DateTimeOffset Start = Happening.Monday;

    [Fact]
    public void Halves_in_a_half_life() => Assert.Equal(4, new DecayingSum(8, Start).Until(Start + HalfLife, HalfLife), 12);

    [Fact]
    public void Does_not_depend_on_the_order_in_which_amounts_arrive() =>
        Gen.Select(Gen.Double[0, 100], Gen.Int[0, 7_200]).Array[1, 30].Sample(amounts =>
        {
            var inOrder = Of(amounts.OrderBy(amount => amount.Item2));
            var reversed = Of(amounts.OrderByDescending(amount => amount.Item2));
            Assert.Equal(inOrder.At, reversed.At);
            Assert.Equal(inOrder.Value, reversed.Value, 6);
        });

    [Fact]
    public void Taking_back_what_was_added_leaves_what_was_there_before() =>
        Gen.Select(Gen.Double[0, 100], Gen.Double[0, 100], Gen.Int[0, 3_600], Gen.Int[0, 3_600]).Sample((kept, gone, added, stopped) =>
        {
            var time = Start.AddSeconds(added);
            var sum = new DecayingSum(kept, Start).Add(gone, time, HalfLife).Add(0, time.AddSeconds(stopped), HalfLife);
            var left = sum.Add(-gone, time, HalfLife);
            Assert.Equal(new DecayingSum(kept, Start).Until(sum.At, HalfLife), left.Value, 9);
        });

    private static DecayingSum Of(IEnumerable<(double Amount, int Second)> amounts) =>
        amounts.Aggregate(default(DecayingSum), (sum, amount) => sum.Add(amount.Amount, Start.AddSeconds(amount.Second), HalfLife));
}
