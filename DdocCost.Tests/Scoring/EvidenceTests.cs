using CsCheck;
using DdocCost.Domain.Scoring;

namespace DdocCost.Tests.Scoring;

public sealed class EvidenceTests
{
    [Fact]
    public void Without_evidence_the_chance_is_the_base_rate() => Assert.Equal(0.005, Evidence.Chance(0, 0.005), 12);

    [Fact]
    public void Odds_multiply_by_the_evidence() =>
        Gen.Select(Gen.Double[0, 20], Gen.Double[0.001, 0.5]).Sample((evidence, share) =>
        {
            var chance = Evidence.Chance(evidence, share);
            Assert.Equal(Math.Exp(evidence), chance / (1 - chance) / (share / (1 - share)), 1e-6 * Math.Exp(evidence));
        });

    [Theory]
    [InlineData(0, 0)]
    [InlineData(15, 50)]
    [InlineData(60, 88.8888888888889)]
    public void Scores_fifty_where_the_loss_is_what_an_interruption_costs(double lossUsd, double score) =>
        Assert.Equal(score, Evidence.Score(lossUsd, 15), 9);

    [Fact]
    public void A_first_time_says_nothing_where_nothing_was_seen_and_more_the_rarer_first_times_are()
    {
        Assert.Equal(0, Evidence.OfNewness(0, 0));
        Assert.True(Evidence.OfNewness(1, 1_000) > Evidence.OfNewness(100, 1_000));
        Assert.Equal(0, Evidence.OfNewness(1_000, 1_000));
    }
}
