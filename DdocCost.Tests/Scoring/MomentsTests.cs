using CsCheck;
using DdocCost.Domain.Scoring;

namespace DdocCost.Tests.Scoring;

public sealed class MomentsTests
{
    private static readonly Gen<double[]> Values = Gen.Double[-1_000, 1_000].Array[2, 50];

    /// <summary>NIST StRD, univariate summary statistics: the sets NumAcc1 to 4, built to lose digits, and Michelson's speed of light.</summary>
    public static TheoryData<string, double[], double, double, double> CertifiedByNist() => new()
    {
        { "NumAcc1", [10_000_001, 10_000_003, 10_000_002], 10_000_002, 1, 1e-15 },
        { "NumAcc2", Alternating(1.2, 1.1, 1.3), 1.2, 0.1, 1e-12 },
        { "NumAcc3", Alternating(1_000_000.2, 1_000_000.1, 1_000_000.3), 1_000_000.2, 0.1, 1e-8 },
        { "NumAcc4", Alternating(10_000_000.2, 10_000_000.1, 10_000_000.3), 10_000_000.2, 0.1, 1e-7 },
        { "Michelso", SpeedOfLight(), 299.8524, 0.0790105478190518, 1e-11 },
    };

    [Theory]
    [MemberData(nameof(CertifiedByNist))]
    public void Agree_with_certified_values(string name, double[] values, double mean, double deviation, double tolerance)
    {
        var moments = Of(values);

        Assert.Equal(values.Length, moments.Weight);
        Assert.True(Math.Abs(moments.Mean - mean) <= tolerance * Math.Abs(mean), $"{name}: mean {moments.Mean:R}");
        Assert.True(Math.Abs(moments.Deviation()!.Value - deviation) <= tolerance * deviation, $"{name}: deviation {moments.Deviation():R}");
    }

    [Fact]
    public void Tell_no_deviation_of_fewer_than_two_values_and_none_of_a_constant_series()
    {
        Assert.Null(default(Moments).Deviation());
        Assert.Null(Of([5]).Deviation());
        Assert.Equal(0, Of([5, 5, 5]).Deviation());
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void Ignore_what_is_no_number(double value) => Assert.Equal(Of([1, 2]), Of([1, 2]).Add(value));

    [Fact]
    public void Do_not_depend_on_the_order_of_values() =>
        Values.Sample(values => AssertClose(Of(values), Of([.. values.Reverse()])));

    [Fact]
    public void Merged_are_those_of_all_values() =>
        Gen.Select(Values, Values).Sample((x, y) => AssertClose(Of([.. x, .. y]), Of(x).Merge(Of(y))));

    [Fact]
    public void Scale_with_the_values() =>
        Gen.Select(Values, Gen.Double[0.1, 100]).Sample((values, scale) =>
        {
            var scaled = Of([.. values.Select(value => value * scale)]);
            AssertClose(Of(values) with { Mean = Of(values).Mean * scale, Scatter = Of(values).Scatter * scale * scale }, scaled);
        });

    [Fact]
    public void Keep_mean_and_spread_when_they_forget_but_lose_support() =>
        Gen.Select(Values, Gen.Double[0.01, 1]).Sample((values, factor) =>
        {
            var known = Of(values);
            var faded = known.Forget(factor);
            Assert.Equal(known.Mean, faded.Mean);
            Assert.Equal(known.Weight * factor, faded.Weight, 9);
            Assert.Equal(known.Scatter / known.Weight, faded.Scatter / faded.Weight, 6);
        });

    [Fact]
    public void Follow_a_new_level_sooner_when_they_forget() =>
        Gen.Select(Values, Gen.Double[2_000, 3_000]).Sample((values, level) =>
            Assert.True(Of(values).Forget(0.5).Add(level).Mean > Of(values).Add(level).Mean));

    private static Moments Of(double[] values) => values.Aggregate(default(Moments), (moments, value) => moments.Add(value));

    private static void AssertClose(Moments expected, Moments actual)
    {
        Assert.Equal(expected.Weight, actual.Weight, 6);
        Assert.True(Math.Abs(expected.Mean - actual.Mean) <= 1e-9 * (1 + Math.Abs(expected.Mean)), $"{expected} {actual}");
        Assert.True(Math.Abs(expected.Scatter - actual.Scatter) <= 1e-9 * (1 + expected.Scatter), $"{expected} {actual}");
    }

    private static double[] Alternating(double first, double low, double high) =>
        [first, .. Enumerable.Range(0, 1_000).Select(i => i % 2 == 0 ? low : high)];

    /// <summary>Michelson, 1879: thousands of km/s, given as the excess over 299 in units of 0.001.</summary>
    private static double[] SpeedOfLight()
    {
        int[] excess =
        [
            850, 740, 900, 1070, 930, 850, 950, 980, 980, 880, 1000, 980, 930, 650, 760, 810, 1000, 1000, 960, 960,
            960, 940, 960, 940, 880, 800, 850, 880, 900, 840, 830, 790, 810, 880, 880, 830, 800, 790, 760, 800,
            880, 880, 880, 860, 720, 720, 620, 860, 970, 950, 880, 910, 850, 870, 840, 840, 850, 840, 840, 840,
            890, 810, 810, 820, 800, 770, 760, 740, 750, 760, 910, 920, 890, 860, 880, 720, 840, 850, 850, 780,
            890, 840, 780, 810, 760, 810, 790, 810, 820, 850, 870, 870, 810, 740, 810, 940, 950, 800, 810, 870,
        ];
        return [.. excess.Select(e => (299_000 + e) / 1_000.0)];
    }
}
