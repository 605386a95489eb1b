using Bunit;
using DdocCost.App.Anomalies;
using DdocCost.App.Events;
using DdocCost.App.Live;
using DdocCost.App.Overview;
using DdocCost.App.Shell;
using DdocCost.Domain.Ingestion;
using DdocCost.Domain.Scoring;
using DdocCost.Domain.Undo;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor.Services;
using Severity = DdocCost.Domain.Scoring.Severity;

namespace DdocCost.Tests.App;

/// <summary>Components on their own.</summary>
public sealed class ComponentTests : BunitContext
{
    public ComponentTests()
    {
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddMudServices();
        Services.AddSingleton<LiveFeed>();
        Services.AddSingleton(TimeProvider.System);
    }

    [Theory]
    [InlineData(Severity.Critical, "Critical")]
    [InlineData(Severity.Warning, "Warning")]
    [InlineData(Severity.Info, "Info")]
    public void Severity_is_a_word_and_an_outline_besides_its_colour(Severity severity, string word)
    {
        var chip = Render<SeverityChip>(p => p.Add(c => c.Severity, severity));

        Assert.Contains(word, chip.Find(".chip").TextContent, StringComparison.Ordinal);
        Assert.NotEmpty(chip.FindAll("svg path"));
    }

    [Fact]
    public void A_case_that_just_came_is_marked_and_others_are_not()
    {
        var feed = Render<CaseFeed>(p => p.Add(c => c.Cases, [Some.Case("new"), Some.Case("old")]).Add(c => c.Arrived, new HashSet<string> { "new" }));

        Assert.Equal(["arrived", null], feed.FindAll("li").Select(item => item.ClassList.Contains("arrived") ? "arrived" : null));
    }

    [Fact]
    public void A_closed_case_does_not_go_on_counting()
    {
        var feed = Render<CaseFeed>(p => p.Add(c => c.Cases, [Some.Case("closed", closedAt: Some.Now)]));

        Assert.Empty(feed.FindAll("running-usd"));
        Assert.Contains("stopped", feed.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void A_case_whose_resources_ended_by_themselves_does_not_go_on_counting()
    {
        var feed = Render<CaseFeed>(p => p.Add(c => c.Cases, [Some.Case("job", usdPerHour: 10, at: Some.Now.AddHours(-5)) with { EndsBy = Some.Now.AddHours(-3), SpentUsd = 0 }]));

        Assert.Empty(feed.FindAll("running-usd"));
        Assert.Contains("ended", feed.Markup, StringComparison.Ordinal);
        Assert.Contains("$20.00", feed.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_person_copies_is_exactly_the_command()
    {
        const string command = "aws ec2 stop-instances --instance-ids i-1 i-2\naws ec2 delete-volume --volume-id 'vol-it'\\''s'";
        var commands = Render<UndoCommands>(p => p.Add(c => c.Plan, new UndoPlan([new UndoCommand("Stop", "1", command, "memory", true, ["i-1"])], [])));

        Assert.Equal(command, commands.Find("pre").TextContent);
        Assert.Equal("#undo-0", commands.Find("button").GetAttribute("data-copy"));
    }

    [Fact]
    public void Text_from_records_is_shown_not_run()
    {
        var feed = Render<CaseFeed>(p => p.Add(c => c.Cases, [Some.Case(title: "<script>alert(1)</script>")]));

        Assert.Empty(feed.FindAll("script"));
        Assert.Contains("&lt;script&gt;", feed.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void An_event_opens_to_its_cost_lines()
    {
        using var folder = new TemporaryFolder();
        Services.AddSingleton(new RawRecordReader(new FolderArchive(folder.Path)));
        var rows = Render<EventRows>(p => p.Add(c => c.Events, [Some.Event()]));
        Assert.DoesNotContain("ec2:g5.48xlarge:sa-east-1", rows.Markup, StringComparison.Ordinal);

        rows.Find(".opener").Click();

        Assert.Contains("ec2:g5.48xlarge:sa-east-1", rows.Markup, StringComparison.Ordinal);
        Assert.Equal("true", rows.Find(".opener").GetAttribute("aria-expanded"));
    }

    [Fact]
    public void Long_lists_of_events_show_the_first_until_asked_for_all()
    {
        var rows = Render<EventRows>(p => p.Add(c => c.Events, [.. Enumerable.Range(0, 20).Select(_ => Some.Event())]).Add(c => c.First, 8));
        Assert.Equal(8, rows.FindAll("tbody tr").Count);

        rows.Find(".more-rows button").Click();

        Assert.Equal(20, rows.FindAll("tbody tr").Count);
    }

    [Fact]
    public void Live_status_says_when_Redis_is_away_and_when_it_is_back()
    {
        var feed = Services.GetRequiredService<LiveFeed>();
        var status = Render<LiveStatus>();
        Assert.Contains("Redis is away", status.Markup, StringComparison.Ordinal);

        feed.SetConnected(true);

        status.WaitForAssertion(() => Assert.Contains("Live", status.Find(".on").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public void A_component_of_the_score_shows_its_number_and_its_bar()
    {
        var score = Render<ScoreBreakdown>(p => p.Add(c => c.Components, [Some.Part(score: 81.6), new ScoreComponent("context", 140, 0, null, null, 0, "", "")]));

        Assert.Equal(["width:81.6%", "width:100%"], score.FindAll(".track span").Select(bar => bar.GetAttribute("style")));
    }

    private sealed class TemporaryFolder : IDisposable
    {
        public string Path { get; } = Directory.CreateTempSubdirectory("ddoc-archive-").FullName;

        public void Dispose() => Directory.Delete(Path, recursive: true);
    }
}
