using DdocCost.Domain.Anomalies;
using DdocCost.Domain.Normalise;
using DdocCost.Domain.Pipeline;
using DdocCost.Domain.Scoring;
using DdocCost.Tests.Ingestion.Reader;
using DdocCost.Tests.Support;
using Xunit;

namespace DdocCost.Tests.Replay;

/// <summary>The pipeline in memory over files.</summary>
public sealed class ReplayTests
{
    [Fact]
    public void Every_record_is_counted_once()
    {
        using var folder = new ReplayFolder()
            .With("a.json", Trail.LogFile(Calls.Run(1), Calls.Describe(2), Calls.Refused(3), "null", Calls.Run(4, type: "x99.unheard")))
            .With("deep/b.json.gz", Trail.Gzip(Trail.LogFile(Calls.Describe(2), Calls.Run(1), Calls.Run(5))))
            .With("c.jsonl", Trail.JsonLines(Calls.Run(6), "{broken", Calls.Terminate(7, started: 6, "2026-03-02T11:00:00Z")));
        var (summary, output) = Run(folder);

        Assert.Equal((11, 5, 4, 1, 2, 2, 2), (summary.Records, summary.CostBearing, summary.Priced, summary.Unpriced, summary.Free, summary.Quarantined, summary.Duplicates));
        Assert.Equal(summary.Records, summary.CostBearing + summary.Free + summary.Quarantined + summary.Duplicates);
        Assert.Equal(6, output.Events.Count);
        Assert.Equal(["a.json 3", "c.jsonl 1"], summary.FirstQuarantined.Select(rejected => $"{rejected.Delivery} {rejected.Position}"));
    }

    [Fact]
    public void Result_does_not_depend_on_how_records_are_spread_over_files()
    {
        string[] records =
        [
            .. Enumerable.Range(0, 30).Select(n => Calls.Run(n, $"2026-03-02T{n % 24:D2}:00:00Z", account: $"11112222333{n % 3}")),
            .. Enumerable.Range(30, 10).Select(n => Calls.Terminate(n, n - 30, "2026-03-03T00:00:00Z")),
        ];
        using var one = new ReplayFolder().With("all.json", Trail.LogFile(records));
        using var many = new ReplayFolder();
        foreach (var (i, record) in records.Reverse().Index())
        {
            many.With($"{i:D3}.json.gz", Trail.Gzip(Trail.LogFile(record)));
        }

        var (expected, actual) = (Run(one), Run(many));
        Assert.Equal(expected.Output.Events.Select(Told), actual.Output.Events.Select(Told));
        Assert.Equal(expected.Output.Alerts.Select(alert => (alert.CaseId, alert.DetectedAt, alert.Score)), actual.Output.Alerts.Select(alert => (alert.CaseId, alert.DetectedAt, alert.Score)));
        Assert.Equal(expected.Summary.ExposureUsdPerHour, actual.Summary.ExposureUsdPerHour);
        Assert.Equal(40, actual.Summary.CostBearing);
    }

    [Fact]
    public void Events_are_taken_in_order_of_time_and_what_stopped_costs_no_more()
    {
        using var folder = new ReplayFolder()
            .With("a-stop.json", Trail.LogFile(Calls.Terminate(2, started: 1, "2026-03-02T12:00:00Z")))
            .With("b-start.json", Trail.LogFile(Calls.Run(1, "2026-03-02T10:00:00Z")));
        var (summary, output) = Run(folder);
        Assert.Equal(["RunInstances", "TerminateInstances"], output.Events.Select(e => e.Costed.Event.EventName));
        Assert.Equal(output.Events[0].Costed.UsdPerHour, -output.Events[1].Costed.UsdPerHour);
        Assert.True(output.Events[0].Costed.UsdPerHour > 0);
        Assert.Equal(0, summary.ExposureUsdPerHour);
    }

    [Fact]
    public void Definition_in_the_same_second_comes_before_what_refers_to_it()
    {
        ResourceEvent Event(ResourceAction action, byte key) => new()
        {
            Key = new Guid(key, 0, 0, new byte[8]), EventId = "", Time = DateTimeOffset.UnixEpoch, AccountId = "a", Region = "r", Service = "s", EventName = "n",
            Actor = Actor.Unknown, Action = action, Changes = [],
        };
        ResourceEvent[] events = [Event(ResourceAction.Stop, 1), Event(ResourceAction.Start, 3), Event(ResourceAction.Start, 2), Event(ResourceAction.Define, 9)];
        Assert.Equal([ResourceAction.Define, ResourceAction.Start, ResourceAction.Start, ResourceAction.Stop], events.Order(EventOrder.Instance).Select(e => e.Action));
    }

    [Fact]
    public void Files_that_are_no_logs_do_not_disturb()
    {
        using var folder = new ReplayFolder()
            .With("AWSLogs/111122223333/CloudTrail/us-east-1/a.json.gz", Trail.Gzip(Trail.LogFile(Calls.Run(1))))
            .With("labels.json", """{"seed":1,"incidents":[{"id":"x","eventIds":["y"]}]}""")
            .With("README.md", "# notes")
            .With("damaged.json", "{\"Records\":[{\"eventVersion\":");
        var (summary, _) = Run(folder);
        Assert.Equal((2, 1, 1), (summary.Records, summary.Priced, summary.Quarantined));
        Assert.Equal("damaged.json", summary.FirstQuarantined[0].Delivery);
        Assert.Equal(["labels.json", "README.md"], summary.Notes.Select(note => note.FirstFile));
    }

    [Fact]
    public void File_that_is_not_cloudtrail_is_one_quarantined_entry()
    {
        using var folder = new ReplayFolder().With("sales.json", "month,usd\n1,2\n").With("other.json", "{\"a\":1}").With("binary.gz", [1, 2, 3, 0, 255]);
        Assert.Equal((3, 3), (Run(folder).Summary.Records, Run(folder).Summary.Quarantined));
    }

    [Fact]
    public void Links_are_read_once_and_a_dangling_one_sinks_nothing()
    {
        using var folder = new ReplayFolder().With("logs/a.json", Trail.LogFile(Calls.Run(1)));
        Directory.CreateSymbolicLink(folder.File("logs/loop"), folder.Path);
        File.CreateSymbolicLink(folder.File("logs/gone.json"), folder.File("nowhere"));
        var (summary, _) = Run(folder);
        Assert.Equal((2, 1, 1, 0), (summary.Records, summary.Priced, summary.Quarantined, summary.Duplicates));
        Assert.Contains("cannot be read", Assert.Single(summary.FirstQuarantined).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_real_record_is_accounted_for()
    {
        var (summary, output) = Run(ReplayInput.Of(SharedData.Folder("cloudtrail")));
        Assert.InRange(summary.Records, 3500, 3600);
        Assert.Equal(summary.Records, summary.CostBearing + summary.Free + summary.Quarantined + summary.Duplicates);
        Assert.InRange(summary.Priced, 40, summary.CostBearing);
        Assert.All(output.Events, e => Assert.True(e.Costed.Event.ErrorCode is null || e.Costed.Event.Action == ResourceAction.None));
    }

    private static (ReplaySummary Summary, Collected Output) Run(ReplayFolder folder) => Run(ReplayInput.Of(folder.Path));

    private static (ReplaySummary Summary, Collected Output) Run(ReplayInput input)
    {
        var output = new Collected();
        var summary = new Domain.Pipeline.Replay(EventCatalogue.Default, TimeProvider.System).Run(input, output, null, TestContext.Current.CancellationToken);
        return (summary, output);
    }

    private static string Told(CostEvent e) => $"{e.Id} {e.Time:O} {e.Costed.UsdPerHour} {e.Costed.ExposureAfterUsdPerHour} {e.Severity} {e.Verdict.Score:R} {e.CaseId}";

    private sealed class Collected : IReplayOutput
    {
        public List<CostEvent> Events { get; } = [];

        public List<Alert> Alerts { get; } = [];

        public void Costed(CostEvent e) => Events.Add(e);

        public void Raised(Alert alert) => Alerts.Add(alert);
    }
}
