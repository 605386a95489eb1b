using System.Globalization;
using System.Text.RegularExpressions;
using Bunit;
using DdocCost.App.Anomalies;
using DdocCost.App.Events;
using DdocCost.Domain.Scoring;
using DdocCost.Tests.Backtest;

namespace DdocCost.Tests.Anomalies;

/// <summary>Every score can be computed again by hand from what is shown, and every quiet event says why it is quiet.</summary>
public sealed partial class ExplanationTests(BacktestAccountTests.History history) : BunitContext, IClassFixture<BacktestAccountTests.History>
{
    private static readonly string[] Sized = ["magnitude", "rate", "drift"];

    private IEnumerable<Verdict> Weighed => history.Events.Select(e => e.Verdict).Where(verdict => verdict.Weighing is not null);

    [Fact]
    public void The_score_is_the_largest_expected_loss_against_the_price_of_an_interruption()
    {
        Assert.NotEmpty(Weighed);
        Assert.All(Weighed, verdict =>
        {
            var w = verdict.Weighing!;
            var losses = verdict.Components.Where(part => part.UsdAtRisk is not null)
                .Select(part => part.UsdAtRisk!.Value * Chance(part.Surprise!.Value + part.Newness!.Value + w.ContextNats, w.BaseRate));

            Assert.Equal(w.ExpectedLossUsd, losses.Max(), 1e-9 + (1e-9 * w.ExpectedLossUsd));
            Assert.Equal(verdict.Score, Score(w.ExpectedLossUsd, w.InterruptionUsd), 1e-9);
        });
    }

    [Fact]
    public void Each_components_score_is_its_own_loss_by_size_alone() => Assert.All(
        Weighed.SelectMany(verdict => verdict.Components.Where(part => Sized.Contains(part.Name)).Select(part => (part, verdict.Weighing!))),
        pair => Assert.Equal(
            pair.part.Score,
            Score(pair.part.UsdAtRisk!.Value * Chance(pair.part.Surprise!.Value + pair.Item2.ContextNats, pair.Item2.BaseRate), pair.Item2.InterruptionUsd), 1e-9));

    [Fact]
    public void What_its_size_says_follows_from_value_mean_and_deviation() => Assert.All(
        Weighed.SelectMany(verdict => verdict.Components).Where(part => part is { Name: "magnitude", Mean: not null, Deviation: > 0 }),
        part =>
        {
            var (spread, f) = (Math.Log(1 + (part.Deviation!.Value / part.Mean!.Value)), part.Support!.Value);
            var z = Math.Log(Math.Max(part.Value, DetectionOptions.Default.CentsUsdPerDay) / part.Mean.Value) / spread;
            var size = z <= 0 ? 0 : (f + 1) / 2 * Math.Log(1 + (z * z / f));

            // Never more than the cause's own history allows.
            Assert.InRange(part.Surprise!.Value, 0, size + 1e-6);
        });

    [Fact]
    public void The_figures_as_printed_lead_to_the_score_as_printed()
    {
        var verdict = Weighed.MaxBy(verdict => verdict.Score)!;
        var shown = Render<ScoreBreakdown>(p => p.Add(c => c.Components, verdict.Components).Add(c => c.Weighing, verdict.Weighing));

        var working = shown.FindAll("p.numbers").Select(line => line.TextContent).Where(line => line.StartsWith("Size alone", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(working);
        Assert.All(working, line =>
        {
            var n = Number().Matches(line).Select(match => double.Parse(match.Value.Replace(",", "", StringComparison.Ordinal), CultureInfo.InvariantCulture)).ToList();
            var (usd, chance, loss, interruption, score) = (n[2], n[3] / 100, n[4], n[5], n[6]);
            Assert.InRange(loss, (usd * chance * 0.97) - 0.05, (usd * chance * 1.03) + 0.05);
            Assert.InRange(score, Score(loss, interruption) - 1, Score(loss, interruption) + 1);
        });
        Assert.Contains("Compute it again by hand", shown.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_event_says_why_it_was_told_or_not() => Assert.All(history.Events, e =>
    {
        var why = EventText.Verdict(e);

        Assert.StartsWith(e.Severity == Severity.None ? "Not alerted: " : "Alerted as ", why, StringComparison.Ordinal);
        Assert.Matches(@"^[^.]{10,}.*\.$", why);
        Assert.DoesNotContain("NaN", why, StringComparison.Ordinal);
    });

    [Fact]
    public void What_is_expected_says_by_whom_and_what_would_have_been_without()
    {
        var e = history.Events.First(e => e.Severity >= Severity.Warning);

        var why = EventText.Verdict(e with { Severity = Severity.None, Verdict = e.Verdict with { Severity = Severity.None, Expected = "expected by bob from now on, up to $10 a day" } });

        Assert.StartsWith("Not alerted: expected by bob from now on, up to $10 a day. Without that: $", why, StringComparison.Ordinal);
    }

    private static double Chance(double evidence, double baseRate) => 1 / (1 + (Math.Exp(-evidence) * (1 - baseRate) / baseRate));

    private static double Score(double loss, double interruption) =>
        loss <= 0 ? 0 : 100 / (1 + Math.Pow(interruption / loss, 1.5));

    [GeneratedRegex(@"\d[\d,]*(\.\d+)?")]
    private static partial Regex Number();
}
