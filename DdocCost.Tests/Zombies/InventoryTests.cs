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
    private const string Kafka = "arn:aws:kafka:eu-west-1:111122223333:cluster/events/a1";
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
    public async Task Corrects_balancers_caches_clusters_tables_and_snapshots_and_says_by_how_much_they_differed()
    {
        await using var aws = await AwsEmulator.StartAsync();
        var database = await postgres.NewDatabaseAsync();
        await using var pipeline = new Pipeline(database, _folder["AWSLogs"]);
        await using var host = new HuntHost(database, aws, ("Archive:Folder", _folder["AWSLogs"]));
        var account = aws.Add(Account, "eu-west-1").Balancer("known", 5).Balancer("unseen", 5).Volume("vol-1")
            .Has(Estate.Region, "elasticache:DescribeCacheClusters", "CacheClusters/CacheCluster", Cache("web-001", "web")).Has(Estate.Region, "elasticache:DescribeCacheClusters", "CacheClusters/CacheCluster", Cache("web-002", "web"))
            .Has(Estate.Region, "kafka:/api/v2/clusters", "clusterInfoList", new
            {
                clusterArn = Kafka, clusterName = "events", clusterType = "PROVISIONED", state = "ACTIVE", creationTime = "2026-01-01T00:00:00Z",
                provisioned = new { numberOfBrokerNodes = 3, brokerNodeGroupInfo = new { instanceType = "kafka.m5.large", storageInfo = new { ebsStorageInfo = new { volumeSize = 100 } } } },
            })
            .Has(Estate.Region, "dynamodb:ListTables", "TableNames", (object)"orders").Has(Estate.Region, "dynamodb:ListTables", "TableNames", (object)"by-use")
            .Answers(Estate.Region, "dynamodb:DescribeTable", call => Table(call.Json.GetProperty("TableName").GetString()!));
        foreach (var (id, volume, day) in (ReadOnlySpan<(string, string, int)>)[("snap-1", "vol-1", 1), ("snap-2", "vol-1", 2), ("snap-kept", "vol-2", 3), ("snap-newer", "vol-2", 4)])
        {
            account.Has(Estate.Region, "ec2:DescribeSnapshots", "snapshotSet",
                $"<snapshotId>{id}</snapshotId><volumeId>{volume}</volumeId><volumeSize>100</volumeSize><status>completed</status><startTime>2026-01-0{day}T00:00:00.000Z</startTime>");
        }

        await host.ConnectAsync(account);
        await pipeline.TakeAsync(HuntHost.Tenant, Delivery("trail", Log(
            Numbered(1, Records.Json("elasticloadbalancing", "CreateLoadBalancer", """{"name":"known","type":"application"}""")),
            Numbered(2, Records.Json("elasticloadbalancing", "CreateLoadBalancer", """{"loadBalancerName":"classic-gone"}""", """{"dNSName":"x"}""")),
            Numbered(3, Records.Json("elasticache", "CreateCacheCluster", """{"cacheClusterId":"gone","cacheNodeType":"cache.r6g.large","numCacheNodes":1,"engine":"redis"}""")),
            Numbered(4, Records.Json("elasticache", "CreateCacheCluster", """{"cacheClusterId":"web-002","replicationGroupId":"web","cacheNodeType":"cache.r6g.large","numCacheNodes":1,"engine":"redis"}""")),
            Numbered(5, Records.Json("ec2", "CreateSnapshot", """{"volumeId":"vol-2"}""", """{"snapshotId":"snap-kept","volumeSize":100}""")),
            Numbered(6, Records.Json("ec2", "CreateSnapshot", """{"volumeId":"vol-9"}""", """{"snapshotId":"snap-gone","volumeSize":100}""")))));
        await pipeline.StartAsync();
        await pipeline.DrainedAsync(HuntHost.Tenant);

        var scope = new HuntScope(["ELB", "ElastiCache", "MSK", "DynamoDB", "EBS"], []);
        await host.ScanAsync(account, scope);
        host.Pass(TimeSpan.FromHours(7));
        await host.ScanAsync(account, scope);
        await pipeline.DrainedAsync(HuntHost.Tenant);

        var running = (await pipeline.DocumentsAsync<RunningResource>(HuntHost.Tenant)).ToDictionary(resource => resource.ResourceId);
        Assert.Equal(
            [$"arn:aws:elasticloadbalancing:eu-west-1:{Account}:loadbalancer/app/unseen/50dc6c495c0c9188", Kafka, "known", "orders", "snap-1", "snap-kept", "vol-1", "web", "web-002"],
            running.Keys.Order(StringComparer.Ordinal));
        Assert.Equal((3m, true), (running[Kafka].Quantity, running[Kafka].UsdPerHour > 0.6m));
        Assert.Equal(("provisioned", 100m), (running["orders"].Size, running["orders"].Traits.ReadCapacity));
        Assert.Equal(3, (await pipeline.CostEventsAsync(HuntHost.Tenant)).Count(e => e.Costed.Event.EventName == Inventoried.Missed));

        await host.ScanAsync(account, HuntScope.All);
        var comparison = Assert.Single(await pipeline.DocumentsAsync<InventoryComparison>(HuntHost.Tenant));
        var (tables, caches) = (Assert.Single(comparison.ByType, one => one.ResourceType == "dynamodb:table"), Assert.Single(comparison.ByType, one => one.ResourceType == "elasticache:node"));
        Assert.Equal((1, 1), (tables.Trail, tables.Scan));
        Assert.Equal((2, 1), (caches.Trail, caches.Scan));

        static string Table(string name) => JsonSerializer.Serialize(new
        {
            Table = new
            {
                TableName = name, TableStatus = "ACTIVE", CreationDateTime = 1_760_000_000, BillingModeSummary = new { BillingMode = name == "orders" ? "PROVISIONED" : "PAY_PER_REQUEST" },
                ProvisionedThroughput = new { ReadCapacityUnits = name == "orders" ? 100 : 0, WriteCapacityUnits = name == "orders" ? 100 : 0 },
            },
        });

        static string Cache(string id, string group) => $"<CacheClusterId>{id}</CacheClusterId><ReplicationGroupId>{group}</ReplicationGroupId><CacheNodeType>cache.r6g.large</CacheNodeType><Engine>redis</Engine><NumCacheNodes>1</NumCacheNodes><CacheClusterStatus>available</CacheClusterStatus><CacheClusterCreateTime>2026-01-01T00:00:00Z</CacheClusterCreateTime>";
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

    private static string Numbered(int number, string record) => record.Replace("000000000001\"", $"{number:000000000000}\"", StringComparison.Ordinal);
}
