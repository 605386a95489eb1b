using System.CommandLine;
using System.Diagnostics;
using System.Text.Json.Nodes;
using DdocCost.App.Commands;
using DdocCost.Tests.Ingestion.Reader;
using Xunit;

namespace DdocCost.Tests.Replay;

/// <summary>What <c>replay</c> prints, writes and returns.</summary>
public sealed class ReplayCommandTests
{
    private static readonly string[] SummaryFields =
    [
        "records", "costBearing", "priced", "unpriced", "free", "quarantined", "duplicates", "alerts", "seconds", "recordsPerSecond", "megabytesPerSecond",
    ];

    private static readonly string[] EventFields =
    [
        "eventId", "time", "account", "region", "service", "eventName", "resourceType", "resourceIds", "action", "quantity", "actor", "usdPerHour", "oneTimeUsd",
        "priced", "confidence", "sku", "note",
    ];

    private static readonly string[] AlertFields =
        ["id", "account", "detectedAt", "severity", "score", "usdPerHour", "oneTimeUsd", "actor", "title", "components", "eventIds"];

    [Fact]
    public void Json_summary_is_the_only_thing_on_standard_output()
    {
        using var folder = new ReplayFolder().With("a.json", Trail.LogFile(Calls.Run(1), Calls.Describe(2), Calls.Describe(2), "7"));
        var (code, output, error) = Invoke(folder.Path, "--json");
        var summary = JsonNode.Parse(output)!.AsObject();
        Assert.Equal(0, code);
        Assert.Empty(error);
        Assert.Equal(SummaryFields, summary.Select(field => field.Key));
        Assert.Equal(["info", "warning", "critical"], summary["alerts"]!.AsObject().Select(field => field.Key));
        Assert.Equal([4, 1, 1, 0, 1, 1, 1], SummaryFields.Take(7).Select(field => (int)summary[field]!));
    }

    [Fact]
    public void Summary_for_a_person_tells_what_was_quarantined_and_why()
    {
        using var folder = new ReplayFolder().With("a.json", Trail.LogFile(Calls.Run(1), "7", Calls.Run(2, type: "x99.unheard")));
        var (code, output, _) = Invoke(folder.Path);
        Assert.Equal(0, code);
        Assert.Contains("Read 3 records from 1 files", output, StringComparison.Ordinal);
        Assert.Contains("a.json, record 1: not a JSON object where a record should be", output, StringComparison.Ordinal);
        Assert.Contains("Unpriced, because:", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Events_have_a_line_for_every_cost_bearing_and_every_refused_record()
    {
        using var folder = new ReplayFolder().With("logs/a.json", Trail.LogFile(
            Calls.Describe(1), Calls.Run(2, "2026-03-02T10:00:00Z"), Calls.Refused(3), Calls.Terminate(4, started: 2, "2026-03-02T12:00:00Z"), Calls.Run(5, type: "x99.unheard")));
        Invoke(folder.File("logs"), "--events", folder.File("events.jsonl"));
        var lines = folder.Lines("events.jsonl");

        Assert.Equal(4, lines.Length);
        Assert.All(lines, line => Assert.Equal(EventFields, line.AsObject().Select(field => field.Key)));
        var started = lines.Single(line => (string?)line["eventId"] == Trail.Id(2).ToString());
        Assert.Equal("2026-03-02T10:00:00Z 111122223333 us-east-1 ec2 RunInstances ec2:instance start 1",
            $"{started["time"]} {started["account"]} {started["region"]} {started["service"]} {started["eventName"]} {started["resourceType"]} {started["action"]} {started["quantity"]}");
        Assert.Equal([Calls.Instance(2)], started["resourceIds"]!.AsArray().Select(id => (string?)id));
        Assert.Equal((true, 0.096m), ((bool)started["priced"]!, (decimal)started["usdPerHour"]!));
        var refused = lines.Single(line => (string?)line["action"] == "none");
        Assert.Equal(Trail.Id(3).ToString(), (string?)refused["eventId"]);
        Assert.Contains("Client.UnauthorizedOperation", (string?)refused["note"], StringComparison.Ordinal);
        var stopped = lines.Single(line => (string?)line["action"] == "stop");
        Assert.Equal(-0.096m, (decimal)stopped["usdPerHour"]!);
        var unpriced = lines.Single(line => (string?)line["eventId"] == Trail.Id(5).ToString());
        Assert.False((bool)unpriced["priced"]!);
        Assert.Null(unpriced["usdPerHour"]);
    }

    [Fact]
    public void Alerts_are_written_in_order_of_event_time()
    {
        using var folder = new ReplayFolder().With("logs/a.json", Trail.LogFile(
            [.. Enumerable.Range(0, 40).Select(n => Calls.Run(n, $"2026-03-02T10:{n:D2}:00Z", "p4d.24xlarge")).Reverse()]));
        var (_, output, _) = Invoke(folder.File("logs"), "--json", "--alerts", folder.File("alerts.jsonl"));
        var lines = folder.Lines("alerts.jsonl");

        Assert.NotEmpty(lines);
        Assert.All(lines, line => Assert.Equal(AlertFields, line.AsObject().Select(field => field.Key)));
        Assert.All(lines, line => Assert.Contains((string?)line["severity"], new[] { "info", "warning", "critical" }));
        Assert.Equal(lines.Select(line => (DateTime)line["detectedAt"]!).Order(), lines.Select(line => (DateTime)line["detectedAt"]!));
        Assert.Equal(lines.Length, JsonNode.Parse(output)!["alerts"]!.AsObject().Sum(severity => (int)severity.Value!));
    }

    [Fact]
    public void Missing_path_is_an_error()
    {
        var (code, output, error) = Invoke("/no/such/place", "--json");
        Assert.NotEqual(0, code);
        Assert.Empty(output);
        Assert.Contains("/no/such/place", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Output_that_cannot_be_written_is_an_error()
    {
        using var folder = new ReplayFolder().With("a.json", Trail.LogFile(Calls.Run(1)));
        var (code, _, error) = Invoke(folder.Path, "--events", folder.File("no/such/folder/e.jsonl"));
        Assert.NotEqual(0, code);
        Assert.NotEmpty(error);
    }

    [Theory]
    [InlineData("")]
    [InlineData("month,usd\n1,2\n")]
    public void Bad_content_is_no_error(string content)
    {
        using var folder = new ReplayFolder().With("a.csv", content);
        Assert.Equal(0, Invoke(folder.File("a.csv"), "--json").Code);
    }

    [Fact]
    public async Task Real_process_prints_one_object_and_exits_with_zero()
    {
        using var folder = new ReplayFolder().With("a.json", Trail.LogFile(Calls.Run(1)));
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "DdocCost.App.dll"), "replay", folder.Path, "--json"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal((0, ""), (process.ExitCode, await error));
        Assert.Equal(1, (int)JsonNode.Parse(output)!["records"]!);
    }

    private static (int Code, string Output, string Error) Invoke(params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = ReplayCommand.Create().Parse(args).Invoke(new InvocationConfiguration { Output = output, Error = error });
        return (code, output.ToString(), error.ToString());
    }
}
