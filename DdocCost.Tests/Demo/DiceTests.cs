using DdocCost.Jobs.Demo;

namespace DdocCost.Tests.Demo;

public sealed class DiceTests
{
    [Fact]
    public void Throws_the_published_sequence_of_SplitMix64()
    {
        // The reference implementation's first numbers for seed 1234567.
        var dice = new Dice(1234567);
        Assert.Equal([6457827717110365317UL, 3203168211198807973UL, 9817491932198370423UL], [dice.Next(), dice.Next(), dice.Next()]);
    }

    [Fact]
    public void Dice_for_another_purpose_throw_something_else()
    {
        Assert.NotEqual(Dice.For(1, "a").Next(), Dice.For(1, "b").Next());
        Assert.NotEqual(Dice.For(1, "a").Next(), Dice.For(2, "a").Next());
        Assert.Equal(Dice.For(1, "a").Next(), Dice.For(1, "a").Next());
    }

    [Fact]
    public void As_many_arrive_as_are_expected()
    {
        var dice = new Dice(1);
        var mean = Enumerable.Range(0, 20_000).Average(_ => dice.Arrivals(4));
        Assert.InRange(mean, 3.95, 4.05); // the standard error of the mean is 0.014
    }

    [Fact]
    public void Whole_numbers_include_both_ends()
    {
        var dice = new Dice(1);
        Assert.Equal([2, 3, 4], Enumerable.Range(0, 200).Select(_ => dice.Whole(2, 4)).Distinct().Order());
    }
}
