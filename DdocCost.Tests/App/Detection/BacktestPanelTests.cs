using Bunit;
using DdocCost.App.Detection;
using DdocCost.Domain.Backtest;
using DdocCost.Domain.Scoring;
using DdocCost.Domain.Tuning;

namespace DdocCost.Tests.App.Detection;

/// <summary>A backtest as it is watched and compared.</summary>
public sealed class BacktestPanelTests : BunitContext
{
    private static readonly SensitivityRule Tried = new(null, null, new Sensitivity(100, Eagerness.Quiet));

    private static readonly BacktestRun Done = new()
    {
        Id = "1", By = "alice", AskedAt = Some.Now, From = Some.Now.AddDays(-30), Now = [], Tried = [Tried], State = BacktestState.Done, EventsDone = 500, EventsTotal = 500,
        EventsOfFinished = 500, EndedAt = Some.Now,
        Result = new BacktestResult(
            new BacktestSide(7, 2, 3, 4, 12_345, [new BacktestDay(DateOnly.FromDateTime(Some.Now.UtcDateTime.AddDays(-2)), 7)]), new BacktestSide(2, 2, 0, 4, 10_000, []),
            [new BacktestCase("c", Some.Account, "bob started <b>one</b> m5.large", Severity.Warning, Some.Now, 120)], [], 3, 0),
    };

    [Fact]
    public void Nothing_yet_says_what_it_is_for() =>
        Assert.Contains("No backtest yet", Panel(null).Markup, StringComparison.Ordinal);

    [Fact]
    public void Both_sides_stand_beside_each_other_with_what_only_one_tells()
    {
        var panel = Panel(Done);

        Assert.Equal(["5", "2"], panel.FindAll(".side dl div:first-child dd").Select(figure => figure.TextContent));
        Assert.Contains("$15.00 a day, balanced", panel.Find(".side.now").TextContent, StringComparison.Ordinal);
        Assert.Contains("$100.00 a day, quiet", panel.Find(".side.tried").TextContent, StringComparison.Ordinal);
        Assert.Contains("3, the dearest 1 here", panel.Markup, StringComparison.Ordinal);
        Assert.Empty(panel.FindAll("td b")); // text from records is shown, not run
        Assert.Contains("at most 7 on a day", panel.Find("figure").GetAttribute("aria-label"), StringComparison.Ordinal);
    }

    [Fact]
    public void Progress_is_shown_and_can_be_stopped()
    {
        BacktestRun? stopped = null;
        var panel = Panel(Done with { State = BacktestState.Running, EventsDone = 125, EventsOfFinished = 0, EndedAt = null, SeenAt = Some.Now }, onStop: run => stopped = run);

        Assert.Equal("25", panel.Find("progress").GetAttribute("value"));
        Assert.Contains("125 of 500 events", panel.Markup, StringComparison.Ordinal);
        panel.FindAll("button").Single(button => button.TextContent == "Stop").Click();
        Assert.Equal("1", stopped?.Id);
        Assert.DoesNotContain(panel.FindAll("button"), button => button.TextContent == "Go on");
    }

    [Fact]
    public void A_run_that_nobody_works_on_can_be_taken_up_again() =>
        Assert.Contains(
            Panel(Done with { State = BacktestState.Running, EndedAt = null, SeenAt = Some.Now.AddMinutes(-5) }).FindAll("button"), button => button.TextContent == "Go on");

    [Fact]
    public void Only_an_administrator_can_use_what_was_tried()
    {
        Assert.Contains(Panel(Done).FindAll("button"), button => button.TextContent == "Use the tried settings");
        Assert.DoesNotContain(Panel(Done, maySave: false).FindAll("button"), button => button.TextContent == "Use the tried settings");
    }

    private IRenderedComponent<BacktestPanel> Panel(BacktestRun? run, bool maySave = true, Action<BacktestRun>? onStop = null) => Render<BacktestPanel>(p => p
        .Add(c => c.Runs, run is null ? [] : [run]).Add(c => c.Selected, run).Add(c => c.Now, Some.Now).Add(c => c.MayChange, true).Add(c => c.MaySave, maySave)
        .Add(c => c.OnStop, stopped => onStop?.Invoke(stopped)));
}
