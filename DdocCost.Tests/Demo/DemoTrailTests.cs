using System.Text.Json;
using DdocCost.Jobs.Demo;
using DdocCost.Jobs.Demo.Trail;

namespace DdocCost.Tests.Demo;

public sealed class DemoTrailTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 11, 18, 10, 20, 30, TimeSpan.Zero);
    private static readonly DemoOptions TwoDays = new() { Days = 2, Noise = 0.5 };
    private readonly Written _written = new();

    private string StatePath => Path.Combine(_written.Folder, "state", "demo.json");

    public void Dispose() => _written.Dispose();

    [Fact]
    public void The_history_ends_now()
    {
        Open(Now).WriteUntil(Now, cancellationToken: TestContext.Current.CancellationToken);

        var times = Times();
        Assert.True(times.Min() < Now.AddDays(-1));
        Assert.InRange(times.Max(), Now.AddHours(-1), Now);
    }

    [Fact]
    public void A_restarted_trail_goes_on_as_if_it_had_never_stopped()
    {
        var later = Now.AddHours(30);
        Open(Now).WriteUntil(Now, cancellationToken: TestContext.Current.CancellationToken);
        Open(Now.AddHours(20)).WriteUntil(later, cancellationToken: TestContext.Current.CancellationToken);
        var interrupted = EventIds(_written);

        using var whole = new Written();
        DemoTrail.Open(whole.Folder, Path.Combine(whole.Folder, "state", "demo.json"), TwoDays, Now).WriteUntil(later, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(EventIds(whole), interrupted);
    }

    [Fact]
    public void A_live_incident_is_cleaned_up_even_over_a_restart()
    {
        var trail = Open(Now);
        trail.WriteUntil(Now, cancellationToken: TestContext.Current.CancellationToken);
        var incident = trail.PlayNext(TimeSpan.FromMinutes(5));
        trail.WriteUntil(Now.AddMinutes(2), cancellationToken: TestContext.Current.CancellationToken);
        Open(Now.AddMinutes(3)).WriteUntil(Now.AddMinutes(30), cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal("crypto-mining", incident.Scenario);
        var records = _written.Records.Where(r => r.GetProperty("eventTime").GetDateTimeOffset() >= Now).ToList();
        var launched = records.Where(r => Text(r, "eventName") == "RunInstances" && Text(r.GetProperty("userIdentity"), "type") == "IAMUser" && !r.TryGetProperty("errorCode", out _)).ToList();
        var ended = Assert.Single(records, r => Text(r, "eventName") == "TerminateInstances" && Text(r, "awsRegion") == Text(launched[0], "awsRegion"));
        Assert.Equal(
            launched.SelectMany(r => Ids(r.GetProperty("responseElements"))).Order(),
            Ids(ended.GetProperty("requestParameters")).Order());
    }

    [Fact]
    public void Scenarios_take_turns_over_restarts()
    {
        var first = Open(Now).PlayNext(TimeSpan.FromMinutes(5));
        var second = Open(Now).PlayNext(TimeSpan.FromMinutes(5));

        Assert.NotEqual(first.Scenario, second.Scenario);
    }

    [Fact]
    public void Whoever_watches_the_folder_sees_whole_files_only()
    {
        var seen = new List<string>();
        using var watcher = new FileSystemWatcher(_written.Folder) { IncludeSubdirectories = true, Filter = "*.json.gz" };

        // A file is complete from the moment it has its name, so reading it right then must work.
        var broken = new List<Exception>();
        var all = new CountdownEvent(1);
        watcher.Renamed += (_, e) =>
        {
            try
            {
                Assert.NotEmpty(Written.Read(e.FullPath));
                seen.Add(e.FullPath);
            }
            catch (Exception problem)
            {
                broken.Add(problem);
            }

            all.Signal();
        };
        watcher.Created += (_, e) => broken.Add(new InvalidOperationException($"{e.FullPath} came into being under its own name"));
        var record = new List<TrailRecord>();
        var simulation = new Simulation(1, Now, noise: 1);
        record.AddRange(simulation.TakeBefore(simulation.Start.AddHours(2)));
        var account = record[0].AccountId;
        var region = record[0].Region;
        var own = record.Where(r => r.AccountId == account && r.Region == region).ToList();
        Directory.CreateDirectory(Path.Combine(_written.Folder, $"AWSLogs/{account}/CloudTrail/{region}/{Now:yyyy'/'MM'/'dd}"));
        watcher.EnableRaisingEvents = true;

        LogFile.Write(_written.Folder, Now, own);

        Assert.True(all.Wait(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken));
        Assert.Empty(broken);
        Assert.Single(seen);
        Assert.Empty(Directory.EnumerateFiles(_written.Folder, "*" + LogFile.UnfinishedEnding, SearchOption.AllDirectories));
    }

    private DemoTrail Open(DateTimeOffset now) => DemoTrail.Open(_written.Folder, StatePath, TwoDays, now);

    private List<DateTimeOffset> Times() => [.. _written.Records.Select(r => r.GetProperty("eventTime").GetDateTimeOffset())];

    private static IReadOnlyList<string> EventIds(Written written) => [.. written.Records.Select(r => Text(r, "eventID")).Order(StringComparer.Ordinal)];

    private static IEnumerable<string> Ids(JsonElement element) =>
        element.GetProperty("instancesSet").GetProperty("items").EnumerateArray().Select(item => Text(item, "instanceId"));

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;
}
