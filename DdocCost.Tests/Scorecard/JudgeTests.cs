using DdocCost.Benchmarks.Scorecard.Corpora;
using DdocCost.Benchmarks.Scorecard.Detectors;
using DdocCost.Benchmarks.Scorecard.Judging;

namespace DdocCost.Tests.Scorecard;

public sealed class JudgeTests
{
    private static readonly DateTimeOffset Start = new(2026, 9, 7, 0, 0, 0, TimeSpan.Zero);

    private static readonly AnswerKey Key = new()
    {
        Days = 14,
        Start = Start,
        Accounts = [new("111111111111", "web"), new("222222222222", "data")],
        Incidents =
        [
            new("one", "giant", "111111111111", Start.AddDays(8).AddHours(6), Start.AddDays(9), 10, 0, ["a", "b"], "burst"),
            new("two", "leak", "222222222222", Start.AddDays(10), Start.AddDays(12), 1, 0, ["c"], "drift"),
        ],
        Decoys = [new("sunday", "222222222222", ["s"])],
    };

    [Fact]
    public void An_alert_belongs_to_the_incident_whose_event_it_names()
    {
        var outcome = Judge.Of(Key, [Alert("111111111111", 8.5, "x", "b")]);

        Assert.Equal(0.5, outcome.Recall);
        Assert.Equal(1, outcome.Precision);
        Assert.Equal(6 * 60, outcome.MedianMinutes);
    }

    [Fact]
    public void A_slow_incident_is_found_by_any_alert_of_its_account_within_it() =>
        Assert.Equal(0.5, Judge.Of(Key, [Alert("222222222222", 11, "z"), Alert("111111111111", 11, "z")]).Recall);

    [Fact]
    public void A_false_alert_in_the_first_week_counts_apart_and_a_decoy_is_named()
    {
        var outcome = Judge.Of(Key, [Alert("111111111111", 1, "x"), Alert("222222222222", 9, "s")]);

        Assert.Equal(0.5, outcome.WarmUpPerAccount);
        Assert.Equal(0.5, outcome.FalsePerAccountWeek);
        Assert.Equal(0, outcome.Precision);
        Assert.Equal(1, outcome.Decoys["sunday"]);
    }

    [Fact]
    public void What_interrupts_nobody_does_not_count() =>
        Assert.Equal(0, Judge.Of(Key, [Alert("111111111111", 8.5, "a") with { Interrupts = false }]).Recall);

    [Fact]
    public void Dollars_burn_until_the_alert_or_until_noon_of_the_day_after()
    {
        var outcome = Judge.Of(Key, [Alert("111111111111", 8.5, "a")]);

        // The first ran 18 hours at 10 USD and was told after 6; the second ran 36 at 1 USD until its bill was seen.
        Assert.Equal((60 + 36) / (180 + 36.0), outcome.BurnedShare, 6);
    }

    private static Raised Alert(string account, double day, params string[] events) => new(account, Start.AddDays(day), Interrupts: true, events);
}
