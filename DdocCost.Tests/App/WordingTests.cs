using DdocCost.App.Anomalies;
using DdocCost.App.Events;
using DdocCost.App.Shell;
using DdocCost.Domain.Scoring;

namespace DdocCost.Tests.App;

/// <summary>Figures as people read them.</summary>
public sealed class WordingTests
{
    [Theory]
    [InlineData("0", "$0")]
    [InlineData("0.0042", "$0.0042")]
    [InlineData("0.01", "$0.01")]
    [InlineData("9999.994", "$9,999.99")]
    [InlineData("12345.67", "$12,346")]
    [InlineData("-3", "−$3.00")]
    public void Dollars_have_as_many_digits_as_tell_something(string usd, string expected) =>
        Assert.Equal(expected, Usd.Format(decimal.Parse(usd, System.Globalization.CultureInfo.InvariantCulture)));

    [Theory]
    [InlineData("de-DE", "$1.234,50", "−$3,00/h", "$12", "1.412")]
    [InlineData("fr-FR", "$1\u202f234,50", "−$3,00/h", "$12", "1\u202f412")]
    [InlineData("de-CH", "$1’234.50", "−$3.00/h", "$12", "1’412")]
    [InlineData("nonsense", "$1,234.50", "−$3.00/h", "$12", "1,412")]
    public async Task Numbers_are_written_as_the_reader_chose_in_the_same_flow_of_calls_only(string style, string sum, string rate, string axis, string count)
    {
        await Task.Run(async () =>
        {
            NumberStyle.Use(style);
            await Task.Yield();
            Assert.Equal((sum, rate, axis, count), (Usd.Format(1234.5m), Usd.PerHour(-3), Usd.Brief(12), Usd.Count(1412)));
        }, TestContext.Current.CancellationToken);

        Assert.Equal("$1,234.50", Usd.Format(1234.5m)); // whoever is answered beside them
    }

    [Fact]
    public void An_unknown_rate_is_never_zero()
    {
        Assert.Equal("unpriced", Usd.PerHour(null));
        Assert.Equal("$0/h", Usd.PerHour(0));
    }

    [Fact]
    public void A_score_component_can_be_recomputed_by_hand() => Assert.Equal(
        "10 USD/h; usual 4 ± 2 USD/h from 1,412 observations; 3 deviations above",
        ScoreText.Numbers(new ScoreComponent("magnitude", 90, 10, 4, 2, 1412, "USD/h", "")));

    [Fact]
    public void A_component_without_history_says_so() => Assert.Equal(
        "10 USD/h; nothing to compare with yet", ScoreText.Numbers(new ScoreComponent("magnitude", 90, 10, null, null, 0, "USD/h", "")));

    [Fact]
    public void Evidence_without_a_mean_still_tells_how_much_stands_behind_it() => Assert.Equal(
        "2.303 nats from 102 observations", ScoreText.Numbers(new ScoreComponent("novelty", 85, 2.3026, null, null, 102.26, "nats", "")));

    [Fact]
    public void A_mean_that_was_borrowed_says_so() => Assert.Equal(
        "10 USD/h; usual 4 ± 2 USD/h (of its surroundings: none seen here yet); 3 deviations above",
        ScoreText.Numbers(new ScoreComponent("rate", 90, 10, 4, 2, 0, "USD/h", "")));

    [Fact]
    public void A_component_that_never_varied_names_no_deviations() => Assert.Equal(
        "10 USD/h; usual 4 ± 0 USD/h from 3 observations", ScoreText.Numbers(new ScoreComponent("magnitude", 90, 10, 4, 0, 3, "USD/h", "")));

    [Fact]
    public void An_event_tells_why_it_was_not_alerted()
    {
        Assert.StartsWith("Not alerted: AWS refused the call (AccessDenied)", EventText.Verdict(Some.Event(null, Severity.None, 0, error: "AccessDenied")), StringComparison.Ordinal);
        Assert.Equal("Not alerted: it lowers cost.", EventText.Verdict(Some.Event(null, Severity.None, -2)));
        Assert.Equal("Not alerted: score 12 of 100, $625.44 at risk within a day.", EventText.Verdict(Some.Event(null, Severity.None)));
        Assert.StartsWith("Alerted as critical: score 96 of 100", EventText.Verdict(Some.Event()), StringComparison.Ordinal);
    }

    [Fact]
    public void A_rate_that_is_not_a_number_does_not_break_the_page() =>
        Assert.Contains("Alerted", EventText.Verdict(Some.Event() with { Verdict = new Verdict(double.NaN, Severity.Info, double.NaN, [], "") }), StringComparison.Ordinal);

    [Theory]
    [InlineData(0.5, 0.5)]
    [InlineData(1, 1)]
    [InlineData(529.6, 600)]
    [InlineData(1001, 1200)]
    [InlineData(99_999, 100_000)]
    public void An_axis_ends_at_a_round_number(double largest, double expected) => Assert.Equal((decimal)expected, StepDrawing.RoundUp((decimal)largest));

    [Fact]
    public void A_step_chart_holds_each_value_until_the_next()
    {
        var start = DateTimeOffset.UnixEpoch;

        var drawing = StepDrawing.Of([new(start, 0), new(start.AddHours(1), 100), new(start.AddHours(2), 50)]);

        Assert.Equal("M0 100H492V0H984V50H1000", drawing.Line);
        Assert.Equal([0m, 25, 50, 75, 100], drawing.Ticks.Select(tick => tick.Value));
    }

    [Fact]
    public void A_chart_of_nothing_is_an_empty_plot() => Assert.Equal("", StepDrawing.Of([]).Line);
}
