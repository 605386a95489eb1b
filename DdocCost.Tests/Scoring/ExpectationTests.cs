using CsCheck;
using DdocCost.Domain.Scoring;

namespace DdocCost.Tests.Scoring;

public sealed class ExpectationTests
{
    private static readonly DetectionOptions Options = DetectionOptions.Default;
    private static readonly Expectation Assumed = Expectation.OfMoney(Options);
    private static readonly Gen<Moments> Observed =
        Gen.Double[Math.Log(Options.CentsUsdPerDay), 10].Array[0, 40].Select(values => values.Aggregate(default(Moments), (moments, value) => moments.Add(value)));

    [Fact]
    public void Without_observations_is_what_is_assumed()
    {
        var norm = Assumed.After(default, Options);

        Assert.Equal(Options.PriorUsdPerDay, norm.Usual, 9);
        Assert.Equal(Assumed.Spread, norm.Spread, 9);
    }

    [Fact]
    public void Lies_between_what_is_assumed_and_what_was_observed() =>
        Observed.Where(moments => moments.Weight > 0).Sample(moments =>
        {
            var centre = Assumed.After(moments, Options).Centre;
            Assert.InRange(centre, Math.Min(Assumed.Centre, moments.Mean) - 1e-9, Math.Max(Assumed.Centre, moments.Mean) + 1e-9);
        });

    [Fact]
    public void Nears_what_was_observed_with_every_observation()
    {
        var distances = Enumerable.Range(0, 30).Select(count => Math.Abs(6 - Assumed.After(new Moments(count, 6, 0), Options).Centre)).ToArray();

        Assert.Equal(distances.OrderDescending(), distances);
        Assert.True(distances[^1] < 0.05);
    }

    [Fact]
    public void One_observation_alone_says_nothing_of_how_much_amounts_vary() =>
        Assert.Equal(Assumed.Variation, Assumed.After(new Moments(1, 6, 0), Options).Variation, 9);

    [Fact]
    public void A_constant_series_still_varies_a_little() =>
        Assert.Equal(Math.Log(Options.LeastFactor), Assumed.After(new Moments(1_000, 6, 0), Options).Variation, 9);

    [Fact]
    public void The_same_distance_surprises_more_the_more_stands_behind_it()
    {
        var few = Assumed with { Support = 3 };
        var many = Assumed with { Support = 30 };

        Assert.True(many.Surprise(5_000) > few.Surprise(5_000));
    }

    [Fact]
    public void Surprise_is_zero_up_to_what_is_expected_and_grows_above() =>
        Gen.Select(Observed, Gen.Double[0, 1e6], Gen.Double[0, 1e6]).Sample((moments, x, y) =>
        {
            var norm = Assumed.After(moments, Options);
            Assert.Equal(0, norm.Surprise(norm.Usual * 0.999));
            Assert.True(norm.Surprise(Math.Min(x, y)) <= norm.Surprise(Math.Max(x, y)));
        });

    [Fact]
    public void Distance_does_not_change_when_all_amounts_grow_alike() =>
        Gen.Select(Gen.Double[3, 8].Array[1, 30], Gen.Double[1, 5], Gen.Double[100, 1_000]).Sample((logs, shift, amount) =>
        {
            var norm = (Assumed with { Centre = 4 }).After(Of(logs, 0), Options);
            var grown = (Assumed with { Centre = 4 + shift }).After(Of(logs, shift), Options);
            Assert.Equal(norm.Distance(amount), grown.Distance(amount * Math.Exp(shift)), 6);
        });

    [Fact]
    public void Recomputes_by_hand_from_usual_and_deviation()
    {
        var norm = Assumed.After(new Moments(8, Math.Log(10), 2), Options);

        var spread = Math.Log(1 + (norm.Deviation / norm.Usual));
        Assert.Equal(norm.Distance(200), Math.Log(200 / norm.Usual) / spread, 9);
    }

    [Fact]
    public void Learning_an_incident_moves_it_by_no_more_than_the_clip()
    {
        var norm = Assumed.After(new Moments(10, Math.Log(10), 1), Options);

        Assert.Equal(norm.Centre + (Options.Winsor * norm.Spread), norm.Winsorised(1e9, Options), 9);
    }

    private static Moments Of(double[] logs, double shift) => logs.Aggregate(default(Moments), (moments, log) => moments.Add(log + shift));
}
