using System.Text.Json;
using DdocCost.Domain.Ledger;
using DdocCost.Domain.Normalise;
using DdocCost.Domain.Scoring;
using DdocCost.Domain.Zombies;
using DdocCost.Tests.Ledger;
using DdocCost.Tests.Normalise;
using DdocCost.Tests.Support;
using DdocCost.Tests.Support.AwsEmulator;
using static DdocCost.Tests.Support.TrailRecords;

namespace DdocCost.Tests.Zombies;

/// <summary>What a scan sees corrects the ledger, through records that a rebuild reads again.</summary>
public sealed class InventoryTests(PostgresServer postgres) : IDisposable
{
    private const string Account = Records.Account;
    private static readonly HuntScope Machines = new(["EC2", "EBS"], []);
    private static readonly DateTimeOffset Now = new(2026, 3, 20, 12, 0, 0, TimeSpan.Zero);

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Enters_what_the_trail_did_not_see_starting_and_ends_what_two_complete_scans_do_not_see()
    {
        await using var aws = await AwsEmulator.StartAsync();
        var database = await postgres.NewDatabaseAsync();
        await using var pipeline = new Pipeline(database, _folder["AWSLogs"]);
        await using var host = new HuntHost(database, aws, ("Archive:Folder", _folder["AWSLogs"]));
        var account = aws.Add(Account, "eu-west-1").Instance("i-before").Instance("i-known").Instance("i-off", "stopped").Instance("i-fresh", days: 0).Volume("vol-1", instance: "i-before");
        await host.ConnectAsync(account);
        await pipeline.TakeAsync(HuntHost.Tenant, Delivery("trail", Log(Launch(1, "i-known"), Launch(2, "i-gone"))));
        await pipeline.StartAsync();
        await pipeline.DrainedAsync(HuntHost.Tenant);

        var before = await ScanAsync();
        Assert.Equal(["i-before", "i-gone", "i-known", "vol-1"], before.Keys.Order(StringComparer.Ordinal));
        Assert.Equal((0.107m, true, "ec2", "unknown"), (before["i-before"].UsdPerHour, before["i-before"].IsFound, before["i-before"].Service, before["i-before"].StartedBy.Name));
        Assert.Equal(("alice", false), (before["i-known"].StartedBy.Name, before["i-known"].IsFound));
        var entered = (await pipeline.CostEventsAsync(HuntHost.Tenant)).Where(e => e.Costed.Event.EventName == Inventoried.Found).ToList();
        Assert.Equal(2, entered.Count);
        Assert.All(entered, e => Assert.Equal((0m, Severity.None, null), (e.Costed.UsdPerHour, e.Severity, e.CaseId)));

        // Refused, or broken off: no scan that ends anything. And the second within six hours is no second.
        host.Pass(TimeSpan.FromHours(7));
        aws.Fault = call => call.Name == "ec2:DescribeInstances" ? new StandInAnswer(403, "<Response><Errors><Error><Code>UnauthorizedOperation</Code></Error></Errors></Response>", "text/xml") : null;
        Assert.Contains("i-gone", (await ScanAsync()).Keys);
        aws.Fault = call => call.Name == "ec2:DescribeInstances" && call.PageToken is not null ? new StandInAnswer(200, "<DescribeInstancesResponse><reserv", "text/xml") : null;
        Assert.Contains("i-gone", (await ScanAsync()).Keys);
        aws.Fault = _ => null;

        var after = await ScanAsync();
        Assert.Equal(["i-before", "i-fresh", "i-known", "vol-1"], after.Keys.Order(StringComparer.Ordinal)); // the fresh one is older than two hours by now
        var ended = Assert.Single(await pipeline.CostEventsAsync(HuntHost.Tenant), e => e.Costed.Event.EventName == Inventoried.Missed);
        Assert.Equal(-0.107m, ended.Costed.UsdPerHour);
        Assert.Contains("two scans in a row did not see it", ended.Costed.Cost.Note + ended.Costed.Event.Changes[0].Note, StringComparison.Ordinal);

        // Rebuilt from the archive it is the same.
        var rebuilt = LabelledTrail.In(_folder.Path).Ledgers().SelectMany(ledger => ledger.Running.Values);
        Assert.Equal(Lines(rebuilt), Lines(after.Values));
        // And another scan finds nothing to correct.
        await ScanAsync();
        Assert.Equal(4, (await pipeline.CostEventsAsync(HuntHost.Tenant)).Count(e => e.Costed.Event.Service == Inventoried.Source));

        async Task<Dictionary<string, RunningResource>> ScanAsync()
        {
            await host.ScanAsync(account, Machines);
            await pipeline.DrainedAsync(HuntHost.Tenant);
            return (await pipeline.DocumentsAsync<RunningResource>(HuntHost.Tenant)).ToDictionary(resource => resource.ResourceId);
        }
    }

    [Fact]
    public async Task The_same_scan_killed_before_it_was_done_says_it_once()
    {
        await using var aws = await AwsEmulator.StartAsync();
        var database = await postgres.NewDatabaseAsync();
        await using var pipeline = new Pipeline(database, _folder["archive"]);
        await using var host = new HuntHost(database, aws, ("Archive:Folder", _folder["archive"]));
        var account = aws.Add(Account, "eu-west-1").Instance("i-before").Instance("i-too");
        await host.ConnectAsync(account);
        var run = await host.BeginAsync(account, Machines);
        await host.RunAsync(run.Id, TestContext.Current.CancellationToken);
        // As if the process had died after it had sent the records and before the scan's record was stored; and the account had got one more meanwhile.
        account.Instance("i-third");
        await host.StoreAsync(run);
        await host.RunAsync(run.Id, TestContext.Current.CancellationToken);
        await pipeline.StartAsync();
        await pipeline.DrainedAsync(HuntHost.Tenant);

        Assert.Equal(["i-before", "i-third", "i-too"], (await pipeline.DocumentsAsync<RunningResource>(HuntHost.Tenant)).Select(resource => resource.ResourceId).Order(StringComparer.Ordinal));
        Assert.Equal(3, (await pipeline.CostEventsAsync(HuntHost.Tenant)).Count);
    }

    [Fact]
    public void A_start_that_is_told_of_later_takes_the_place_of_what_was_found_and_is_judged_as_ever()
    {
        var ledger = new ResourceLedger(Account, [], [], []);
        Assert.Equal(0, ledger.Apply(Found("i-1", Now)).UsdPerHour);

        var told = ledger.Apply(Records.Understand(Launch(1, "i-1", Now.AddDays(-3))));

        Assert.Equal(0.107m, told.UsdPerHour);
        Assert.Equal(0.107m, ledger.ExposureUsdPerHour);
        Assert.Equal(("alice", Now.AddDays(-3)), (Assert.Single(ledger.Running.Values).StartedBy.Name, ledger.Running.Values.First().Since));
        Assert.Contains("a scan had found it before", told.Cost.Note, StringComparison.Ordinal);
    }

    [Fact]
    public void What_ended_while_the_scan_looked_is_not_entered_again()
    {
        var ledger = new ResourceLedger(Account, [], [], []);
        ledger.Apply(Records.Understand(Launch(1, "i-1", Now.AddDays(-3))));
        ledger.Apply(Records.Understand(Records.Json("ec2", "TerminateInstances", """{"instancesSet":{"items":[{"instanceId":"i-1"}]}}""", time: Iso(Now.AddMinutes(-20)))));

        Assert.Equal(0, ledger.Apply(Found("i-1", Now)).UsdPerHour);
        Assert.Empty(ledger.Running);
    }

    [Fact]
    public void What_was_started_since_or_has_ended_by_now_is_not_ended()
    {
        var ledger = new ResourceLedger(Account, [], [], []);
        var missed = Records.Understand(InventoryRecord.Missed(Account, "eu-west-1", "ec2:instance", "i-1", Now));
        Assert.Equal(0, ledger.Apply(missed).UsdPerHour ?? 0);
        ledger.Apply(Records.Understand(Launch(1, "i-1", Now.AddMinutes(-5))));
        ledger.Apply(missed);

        Assert.Equal(0.107m, ledger.ExposureUsdPerHour);
    }

    [Fact]
    public void A_stop_from_before_it_was_found_does_not_end_what_was_seen_running()
    {
        var ledger = new ResourceLedger(Account, [], [], []);
        ledger.Apply(Found("i-1", Now));
        ledger.Apply(Records.Understand(Records.Json("ec2", "StopInstances", """{"instancesSet":{"items":[{"instanceId":"i-1"}]}}""", time: Iso(Now.AddDays(-9)))));

        Assert.Equal(0.107m, ledger.ExposureUsdPerHour);
    }

    private static ResourceEvent Found(string id, DateTimeOffset at) => Records.Understand(InventoryRecord.Found(
        Account, "eu-west-1", new ResourceChange { Action = ResourceAction.Start, ResourceType = "ec2:instance", Size = "m5.large", ResourceIds = [id] }, at.AddDays(-100), at));

    private static string Launch(int number, string id, DateTimeOffset? at = null) => Records.Json(
        "ec2", "RunInstances", """{"instanceType":"m5.large","instancesSet":{"items":[{"minCount":1,"maxCount":1}]}}""",
        $$"""{"instancesSet":{"items":[{"instanceId":"{{id}}","instanceType":"m5.large"}] } }""", time: Iso(at ?? DateTimeOffset.UtcNow.AddDays(-3)))
        .Replace("000000000001\"", $"{number:D12}\"", StringComparison.Ordinal);

    private static string Iso(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);

    private static string Lines(IEnumerable<RunningResource> resources) =>
        string.Join('\n', resources.Select(resource => JsonSerializer.Serialize(resource)).Order(StringComparer.Ordinal));
}
