using Bunit;
using DdocCost.App.Anomalies;
using DdocCost.Domain.Anomalies;
using Microsoft.Extensions.DependencyInjection;

namespace DdocCost.Tests.App;

/// <summary>What people can say of a case, and how they take it back.</summary>
public sealed class TriagePanelTests : BunitContext
{
    private static readonly Signature Alice = new("alice", Some.Now);
    private readonly List<CaseDecision> _decided = [];

    [Fact]
    public void A_viewer_may_look_but_not_answer()
    {
        var panel = Panel(new CaseTriage { Id = "1", Acknowledged = Alice }, mayRespond: false);

        Assert.Empty(panel.FindAll("button"));
        Assert.Empty(panel.FindAll("select"));
        Assert.Contains("may look", panel.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void A_note_is_handed_over_and_the_field_is_empty_again()
    {
        var panel = Panel(new CaseTriage { Id = "1" });

        panel.Find("textarea").Change("a load test");
        panel.FindAll("form")[^1].Submit();

        Assert.Equal([new CaseDecision.Note("a load test")], _decided);
        Assert.Equal("", panel.Find("textarea").GetAttribute("value") ?? "");
    }

    [Fact]
    public void Acknowledge_snooze_and_false_alarm_are_one_act_each()
    {
        var panel = Panel(new CaseTriage { Id = "1" });

        panel.Find(".acts button").Click();
        panel.Find(".acts select").Change("4");
        panel.FindAll("details button")[^1].Click();

        Assert.Equal([new CaseDecision.Acknowledge(), new CaseDecision.Snooze(Some.Now.AddHours(4)), new CaseDecision.Wrong()], _decided);
    }

    [Fact]
    public void Expected_until_a_day_holds_through_that_day()
    {
        var panel = Panel(new CaseTriage { Id = "1" });

        panel.Find("#scope").Change(nameof(ExpectScope.Until));
        panel.Find("#until").Change("2031-05-09");
        panel.Find("details form").Submit();

        Assert.Equal([new CaseDecision.Expect(ExpectScope.Until, new DateTimeOffset(2031, 5, 10, 0, 0, 0, TimeSpan.Zero))], _decided);
    }

    [Fact]
    public void Each_thing_said_names_who_said_it_and_can_be_undone()
    {
        var panel = Panel(new CaseTriage
        {
            Id = "1", Acknowledged = Alice, Snoozed = new CaseSnooze(Some.Now.AddHours(1), Alice),
            Settled = new CaseVerdict(CaseEnd.Expected, ExpectScope.Always, null, Alice),
        });

        for (var i = 0; i < 3; i++)
        {
            panel.FindAll(".said button")[i].Click();
        }

        Assert.Equal([new CaseDecision.Withdraw(), new CaseDecision.Unsnooze(), new CaseDecision.Reopen()], _decided);
        Assert.Equal(3, panel.FindAll(".said b").Count(name => name.TextContent == "alice"));
        Assert.Contains("from now on", panel.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void A_snooze_that_is_over_is_not_shown()
    {
        var panel = Panel(new CaseTriage { Id = "1", Snoozed = new CaseSnooze(Some.Now.AddHours(-1), Alice) });

        Assert.Empty(panel.FindAll(".said li"));
        Assert.Contains("Nobody has taken notice yet", panel.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void What_has_stopped_can_be_judged_but_not_acknowledged_or_silenced()
    {
        var panel = Panel(new CaseTriage { Id = "1" }, isOver: true);

        Assert.Empty(panel.FindAll(".acts"));
        Assert.Equal(["It is as it should be", "It is a false alarm"], panel.FindAll("summary").Select(summary => summary.TextContent));
        Assert.Contains("It stopped before anybody took notice", panel.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain("Closes the case", panel.Markup, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(CaseEnd.Stopped, "stopped")]
    [InlineData(CaseEnd.Expected, "expected")]
    [InlineData(CaseEnd.Wrong, "false alarm")]
    public void A_closed_case_says_how_it_ended(CaseEnd end, string word)
    {
        Services.AddSingleton(TimeProvider.System);

        Assert.Equal(word, Render<CaseRate>(p => p.Add(c => c.Case, Some.Case(closedAt: Some.Now) with { End = end })).Find("span").TextContent);
    }

    private IRenderedComponent<TriagePanel> Panel(CaseTriage triage, bool mayRespond = true, bool isOver = false) => Render<TriagePanel>(p => p
        .Add(c => c.Triage, triage).Add(c => c.Now, Some.Now).Add(c => c.IsOver, isOver).Add(c => c.MayRespond, mayRespond).Add(c => c.OnDecide, _decided.Add));
}
