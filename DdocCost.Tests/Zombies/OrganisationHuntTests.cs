using DdocCost.Domain.Ledger;
using DdocCost.Domain.Normalise;
using DdocCost.Domain.Zombies;
using DdocCost.Tests.Support;
using DdocCost.Tests.Support.AwsEmulator;

namespace DdocCost.Tests.Zombies;

/// <summary>Scans over emulated accounts, from the wire to the stored findings.</summary>
public sealed class OrganisationHuntTests(PostgresServer postgres) : IAsyncLifetime
{
    private static readonly HuntScope Storage = new(["EBS", "VPC"], []);

    private AwsEmulator _aws = null!;
    private HuntHost _host = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _aws = await AwsEmulator.StartAsync();
        _host = new HuntHost(await postgres.NewDatabaseAsync(), _aws);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await _aws.DisposeAsync();
    }

    [Fact]
    public async Task Finds_exactly_what_was_planted_in_twenty_accounts()
    {
        var accounts = new List<EmulatedAccount>();
        for (var number = 1; number <= 20; number++)
            accounts.Add((await ConnectAsync($"1111222200{number:00}")).Plant());
        await EachAsync(accounts, account => _host.ScanAsync(account, new HuntScope(["EBS", "VPC", "Route 53"], [])));
        _host.Pass(TimeSpan.FromDays(40));
        await EachAsync(accounts, account => _host.ScanAsync(account, Planted));
        _host.Pass(TimeSpan.FromDays(1));
        await EachAsync(accounts, account => _host.ScanAsync(account, Planted));

        var found = (await _host.AllAsync<ZombieFinding>()).ToLookup(finding => finding.AccountId, finding => $"{finding.RuleId} {finding.ResourceId} {finding.State}");
        Assert.All(accounts, account => Assert.Equal(Expected(account, "Confirmed"), found[account.Id].Order(StringComparer.Ordinal)));
        Assert.All(await _host.AllAsync<HuntRun>(), run => Assert.Equal((HuntState.Finished, 0), (run.State, run.Gaps.Count)));
    }

    [Fact]
    public async Task Finds_the_same_when_it_looks_at_everything_and_tells_what_it_is_worth()
    {
        var account = (await ConnectAsync("111122220001")).Plant();
        await _host.StoreAsync(new RunningResource
        {
            Id = $"{account.Id}/eu-west-1/ec2:volume/vol-zombie", AccountId = account.Id, ResourceId = "vol-zombie", Region = "eu-west-1", Service = "ec2", ResourceType = "ec2:volume",
            Since = DateTimeOffset.UtcNow.AddDays(-99), StartedBy = new Actor("user/carol", "carol", ActorKind.Person, null), StartedByEvent = "e-1", UsdPerHour = 0.01m,
        });
        await _host.ScanAsync(account);
        _host.Pass(TimeSpan.FromDays(40));
        await _host.ScanAsync(account);
        _host.Pass(TimeSpan.FromDays(1));
        var run = await _host.ScanAsync(account);

        Assert.Equal(Expected(account, "Confirmed"), await _host.FindingsAsync(account));
        Assert.Equal((HuntState.Finished, 0), (run.State, run.Gaps.Count));
        Assert.True(run is { Resources: > 25, Calls: > 100, Metrics: > 10, Usd: > 0 and < 0.05m }, run.ToString());
        var findings = await _host.AllAsync<ZombieFinding>();
        var volume = findings.Single(finding => finding.ResourceId == "vol-zombie");
        Assert.Equal(("carol", "e-1"), (volume.Birth?.ActorName, volume.Birth?.EventId));
        Assert.InRange(volume.Saving.UsdPerMonth!.Value, 8.0m, 9.5m); // 100 GB of gp3 in Ireland
        Assert.True(volume.WastedUntil(_host.Clock.GetUtcNow()) > 2, "more than a week of it");
        var stopped = findings.Single(finding => finding.RuleId == "EC2-03");
        Assert.Equal([stopped.Id, stopped.Id], findings.Where(finding => finding.RuleId is "EBS-02" or "NET-02").Select(finding => finding.CountedIn));
        var comparison = Assert.Single(await _host.AllAsync<InventoryComparison>(), comparison => comparison.Region == "eu-west-1");
        Assert.Equal((1, 0), (comparison.Both, comparison.TrailOnlyCount));
        Assert.Contains(comparison.ScanOnly, item => item.ResourceId == "db-idle");
        Assert.Empty(await _host.AllAsync<ScanPart>());
    }

    [Fact]
    public async Task What_ended_or_is_used_again_is_gone_and_may_come_back()
    {
        var account = (await ConnectAsync("111122220001")).Volume("vol-1").Address("eipalloc-1");
        await ConfirmAsync(account);
        Assert.Equal(["EBS-01 vol-1 Confirmed", "NET-01 eipalloc-1 Confirmed"], await _host.FindingsAsync(account));

        account.Empty("eu-west-1", "ec2:DescribeVolumes");
        _host.Pass(TimeSpan.FromDays(1));
        await _host.ScanAsync(account, Storage);
        Assert.Equal(["EBS-01 vol-1 Gone", "NET-01 eipalloc-1 Confirmed"], await _host.FindingsAsync(account));

        account.Volume("vol-1");
        await _host.ScanAsync(account, Storage);
        _host.Pass(TimeSpan.FromDays(10));
        await _host.ScanAsync(account, Storage);
        Assert.Contains("EBS-01 vol-1 CameBack", await _host.FindingsAsync(account));
        _host.Pass(TimeSpan.FromDays(1));
        await _host.ScanAsync(account, Storage);
        Assert.Contains("EBS-01 vol-1 Confirmed", await _host.FindingsAsync(account));
    }

    [Fact]
    public async Task A_call_without_permission_is_said_and_what_it_had_shown_stays()
    {
        var account = (await ConnectAsync("111122220001")).Volume("vol-1").Address("eipalloc-1");
        await ConfirmAsync(account);
        account.Empty("eu-west-1", "ec2:DescribeAddresses");
        _aws.Fault = call => call.Name == "ec2:DescribeVolumes" ? Denied("ec2:DescribeVolumes") : null;
        var run = await _host.ScanAsync(account, Storage);

        Assert.Equal(["EBS-01 vol-1 Confirmed", "NET-01 eipalloc-1 Gone"], await _host.FindingsAsync(account));
        var gap = Assert.Single(run.Gaps, gap => gap.Region == "eu-west-1");
        Assert.Equal(("ec2:volume", "no permission for ec2:DescribeVolumes"), (gap.Kind, gap.Why));
    }

    [Fact]
    public async Task A_storm_of_throttling_is_ridden_out_and_half_an_answer_is_none()
    {
        var account = (await ConnectAsync("111122220001")).Volume("vol-1").Volume("vol-2").Volume("vol-3").Address("eipalloc-1");
        await ConfirmAsync(account);
        var calls = 0;
        _aws.Fault = call => call.Name switch
        {
            "ec2:DescribeAddresses" when call.Region == "eu-west-1" && Interlocked.Increment(ref calls) % 3 != 0 => Throttled(),
            "ec2:DescribeVolumes" when call.PageToken is not null => new StandInAnswer(200, "<DescribeVolumesResponse><volumeSet><item><volumeId>vol-3</vol", "text/xml"),
            _ => null,
        };
        var run = await _host.ScanAsync(account, Storage);

        Assert.All(await _host.FindingsAsync(account), finding => Assert.EndsWith("Confirmed", finding, StringComparison.Ordinal));
        Assert.Equal("ec2:volume", Assert.Single(run.Gaps, gap => gap.Region == "eu-west-1").Kind);
    }

    [Fact]
    public async Task Metrics_that_cannot_be_read_confirm_nothing_and_end_nothing()
    {
        var account = (await ConnectAsync("111122220001")).Database("db-idle", 0).Database("db-new", 0);
        var scope = new HuntScope([], ["RDS-01"]);
        _aws.Fault = call => call.Name == "cloudwatch:GetMetricData" ? Denied("cloudwatch:GetMetricData") : null;
        var run = await _host.ScanAsync(account, scope);

        Assert.Empty(await _host.FindingsAsync(account));
        Assert.Equal(2, run.Unclear);
        Assert.Contains(run.Gaps, gap => gap.Kind == "metrics");
    }

    [Fact]
    public async Task Credentials_that_end_during_a_scan_end_only_what_was_still_to_come()
    {
        var account = (await ConnectAsync("111122220001")).Volume("vol-1").Address("eipalloc-1");
        await ConfirmAsync(account);
        var calls = 0;
        _aws.Fault = call => { if (Interlocked.Increment(ref calls) == 4) _aws.Revoke(account); return null; };
        var run = await _host.ScanAsync(account);

        Assert.Equal(HuntState.Finished, run.State);
        Assert.True(run.Gaps.Count > 50, "most of it was not scanned");
        Assert.All(run.Gaps, gap => Assert.NotEmpty(gap.Why));
        Assert.Equal(["EBS-01 vol-1 Confirmed", "NET-01 eipalloc-1 Confirmed"], await _host.FindingsAsync(account));
    }

    [Fact]
    public async Task A_session_that_ends_during_a_scan_and_cannot_be_renewed_is_said_part_by_part()
    {
        var account = (await ConnectAsync("111122220001")).Volume("vol-1").Address("eipalloc-1");
        await ConfirmAsync(account);
        account.Empty("eu-west-1", "ec2:DescribeVolumes");
        account.Empty("eu-west-1", "ec2:DescribeAddresses");
        var calls = 0;
        _aws.Fault = _ => Interlocked.Increment(ref calls) < 3 ? null
            : new StandInAnswer(400, "<Response><Errors><Error><Code>ExpiredToken</Code><Message>The security token included in the request is expired</Message></Error></Errors></Response>", "text/xml");
        var run = await _host.ScanAsync(account, Storage);

        Assert.Equal(HuntState.Finished, run.State);
        Assert.Contains(run.Gaps, gap => gap.Why.Contains("expired", StringComparison.Ordinal));
        Assert.Contains("EBS-01 vol-1 Confirmed", await _host.FindingsAsync(account));
    }

    [Fact]
    public async Task A_clock_that_is_an_hour_off_keeps_no_scan_from_its_work()
    {
        var account = (await ConnectAsync("111122220001")).Volume("vol-1");
        await ConfirmAsync(account);
        _aws.ClockAhead += TimeSpan.FromHours(1);
        var run = await _host.ScanAsync(account, Storage);

        Assert.Equal((HuntState.Finished, 0), (run.State, run.Gaps.Count));
        Assert.Equal(["EBS-01 vol-1 Confirmed"], await _host.FindingsAsync(account));
    }

    [Fact]
    public async Task Half_an_answer_about_metrics_confirms_nothing_and_ends_no_scan()
    {
        var account = (await ConnectAsync("111122220001")).Database("db-idle", 0);
        _aws.Fault = call => call.Service is "cloudwatch" or "cloudtrail" or "ce" ? new StandInAnswer(200, """{"MetricDataResults":[{"Id":"m0","Val""", "application/json") : null;
        var run = await _host.ScanAsync(account, new HuntScope([], ["RDS-01"]));

        Assert.Equal((HuntState.Finished, 0), (run.State, run.Findings));
        Assert.Contains(run.Gaps, gap => gap is { Kind: "metrics", Region: "eu-west-1" });
    }

    [Fact]
    public async Task Metrics_about_which_CloudWatch_says_nothing_are_not_zero()
    {
        var account = (await ConnectAsync("111122220001")).Balancer("quiet", null);
        _aws.Fault = call => call.Name == "cloudwatch:GetMetricData" ? StandInAnswer.Json(new { MetricDataResults = Array.Empty<object>() }) : null;
        var run = await _host.ScanAsync(account, new HuntScope([], ["NET-13"]));

        Assert.Equal((0, 1), (run.Findings, run.Unclear));
    }

    [Fact]
    public async Task An_answer_of_something_else_than_AWS_is_not_nothing_found()
    {
        var account = (await ConnectAsync("111122220001")).Volume("vol-1");
        await ConfirmAsync(account);
        _aws.Fault = call => call.Protocol == "ec2" && call.Operation == "DescribeVolumes" ? new StandInAnswer(200, "<html><body>It works!</body></html>", "text/html") : null;
        var run = await _host.ScanAsync(account, Storage);

        Assert.Contains(run.Gaps, gap => gap is { Kind: "ec2:volume", Why: "the answer to ec2:DescribeVolumes has no volumeSet" });
        Assert.Equal(["EBS-01 vol-1 Confirmed"], await _host.FindingsAsync(account));
    }

    [Fact]
    public async Task An_account_that_is_removed_meanwhile_ends_the_scan()
    {
        var account = (await ConnectAsync("111122220001")).Plant();
        _aws.Fault = call =>
        {
            if (call.Name == "ec2:DescribeVolumes")
            {
                using var session = _host.Store.LightweightSession(HuntHost.Tenant);
                session.DeleteWhere<Domain.Sources.ConnectedAccount>(one => one.Id == account.Id);
                session.SaveChangesAsync(Stop).GetAwaiter().GetResult();
            }

            return null;
        };
        var run = await _host.ScanAsync(account);

        Assert.Equal(HuntState.Cancelled, run.State);
        Assert.Contains("not connected any more", run.Note, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_scan_that_was_killed_goes_on_and_asks_nothing_twice()
    {
        var account = (await ConnectAsync("111122220001")).Plant();
        using var killed = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var run = await _host.BeginAsync(account);
        _aws.Fault = call => { if (call.Name == "cloudwatch:GetMetricData") killed.Cancel(); return null; };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _host.RunAsync(run.Id, killed.Token));
        var kept = (await _host.AllAsync<ScanPart>()).Where(part => part.Resources.Count > 0).Select(part => part.Kind).ToHashSet();
        Assert.True(kept.IsSupersetOf(["ec2:volume", "ec2:instance", "rds:db"]), string.Join(' ', kept));
        _aws.Fault = _ => null;
        _aws.Calls.Clear();

        var ended = (await _host.RunAsync(run.Id, Stop))!;

        Assert.Equal((HuntState.Finished, 2), (ended.State, ended.Starts));
        Assert.DoesNotContain(_aws.Calls, call => call is { Region: "eu-west-1", Name: "ec2:DescribeVolumes" or "ec2:DescribeInstances" or "rds:DescribeDBInstances" });
        Assert.Contains("EC2-01 i-idle New", await _host.FindingsAsync(account));
        Assert.Null(await _host.RunAsync(run.Id, Stop)); // it is over
    }

    [Fact]
    public async Task Stops_when_somebody_asks_and_in_panic_mode()
    {
        var account = await ConnectAsync("111122220001");
        var run = await _host.BeginAsync(account);
        await _host.StoreAsync(new HuntCancellation(run.Id, "carol"));
        var stopped = (await _host.RunAsync(run.Id, Stop))!;
        Assert.Equal((HuntState.Cancelled, "stopped by carol"), (stopped.State, stopped.Note));

        _host.Panic.IsOn = true;
        Assert.Equal(HuntState.Cancelled, (await _host.ScanAsync(account)).State);
    }

    [Fact]
    public async Task Leaves_out_regions_without_spend_and_stays_within_its_budget()
    {
        var account = (await ConnectAsync("111122220001")).Database("db-idle", 0);
        account.Answers("us-east-1", "ce:GetCostAndUsage", call => call.PageToken is null
            ? Spent("us-east-1", "Amazon Relational Database Service", 12.5m, next: "more") : Spent("eu-west-1", "Amazon Redshift", 0, next: null));
        var scope = new HuntScope([], ["RDS-01"]);
        var first = await _host.ScanAsync(account, scope);
        Assert.Equal(["eu-west-1"], first.SkippedRegions);
        Assert.Empty(first.SkippedServices);
        Assert.Equal(0.02m, first.Usd); // two pages of Cost Explorer; there was nothing to measure

        account.Answers("us-east-1", "ce:GetCostAndUsage", _ => Spent("eu-west-1", "Amazon Relational Database Service", 12.5m, next: null));
        _aws.Calls.Clear();
        var second = await _host.ScanAsync(account, new HuntScope(["RDS", "Redshift", "Kendra"], []));
        Assert.Equal(["us-east-1"], second.SkippedRegions);
        Assert.Equal(["Kendra", "Redshift"], second.SkippedServices);
        Assert.DoesNotContain(_aws.Calls, call => call.Service is "redshift" or "kendra");
        Assert.Contains(_aws.Calls, call => call is { Service: "rds", Region: "eu-west-1" });

        await _host.StoreAsync(new HuntSettings { SkipsRegionsWithoutSpend = false, MostUsdPerScan = 0 });
        var run = await _host.ScanAsync(account, scope);
        Assert.Contains(run.Gaps, gap => gap.Why.Contains("budget", StringComparison.Ordinal));
        Assert.Equal(0, run.Usd);
    }

    [Fact]
    public async Task What_scans_of_an_account_cost_is_capped_by_the_month()
    {
        var account = (await ConnectAsync("111122220001")).Database("db-idle", 0);
        await _host.StoreAsync(
            new HuntSettings { SkipsRegionsWithoutSpend = false, MostUsdPerMonth = 2 },
            new HuntRun { Id = "another", AccountId = account.Id, ConnectionId = account.Id, StartedAt = _host.Clock.GetUtcNow(), AskedBy = "test", State = HuntState.Finished, Usd = 2 },
            new HuntRun { Id = "of another account", AccountId = "111122229999", ConnectionId = "x", StartedAt = _host.Clock.GetUtcNow(), AskedBy = "test", State = HuntState.Finished, Usd = 2 });
        var run = await _host.ScanAsync(account, new HuntScope([], ["RDS-01"]));
        Assert.Contains(run.Gaps, gap => gap.Why.Contains("budget", StringComparison.Ordinal));

        await _host.StoreAsync(new HuntSettings { SkipsRegionsWithoutSpend = false, MostUsdPerMonth = 2.5m });
        Assert.Empty((await _host.ScanAsync(account, new HuntScope([], ["RDS-01"]))).Gaps);
    }

    [Fact]
    public async Task Drops_secrets_when_it_reads_them()
    {
        var account = (await ConnectAsync("111122220001")).Plant();
        using var killed = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var run = await _host.BeginAsync(account, new HuntScope(["Lambda"], []));
        _aws.Fault = call => { if (call.Name == "cloudwatch:GetMetricData") killed.Cancel(); return null; };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _host.RunAsync(run.Id, killed.Token));

        var stored = System.Text.Json.JsonSerializer.Serialize(await _host.AllAsync<ScanPart>());
        Assert.Contains("never", stored, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", stored, StringComparison.Ordinal);
    }

    private static HuntScope Planted => new(["EBS", "EC2", "VPC", "RDS", "ELB", "Secrets Manager", "DynamoDB", "Lambda", "Route 53"], []);

    private static IReadOnlyList<string> Expected(EmulatedAccount account, string state) => [.. Estate.Planted(account.Id).Select(found => $"{found} {state}").Order(StringComparer.Ordinal)];

    private static string Spent(string region, string service, decimal usd, string? next) => System.Text.Json.JsonSerializer.Serialize(new
    {
        ResultsByTime = new[] { new { Groups = new[] { new { Keys = new[] { region, service }, Metrics = new { UnblendedCost = new { Amount = $"{usd}", Unit = "USD" } } } } } },
        NextPageToken = next,
    });

    private static StandInAnswer Denied(string action) => new(403,
        $"<Response><Errors><Error><Code>UnauthorizedOperation</Code><Message>You are not authorized to perform {action}</Message></Error></Errors></Response>", "text/xml");

    private static StandInAnswer Throttled() => new(503, "<Response><Errors><Error><Code>RequestLimitExceeded</Code><Message>Request limit exceeded.</Message></Error></Errors></Response>", "text/xml");

    private static Task EachAsync(IEnumerable<EmulatedAccount> accounts, Func<EmulatedAccount, Task<HuntRun>> scan) =>
        Parallel.ForEachAsync(accounts, new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = Stop }, async (account, _) => await scan(account));

    private async Task<EmulatedAccount> ConnectAsync(string id)
    {
        var account = _aws.Add(id, "eu-west-1", "us-east-1");
        await _host.ConnectAsync(account);
        return account;
    }

    /// <summary>Gets to know the account's volumes and addresses, and confirms forty days later what was found.</summary>
    private async Task ConfirmAsync(EmulatedAccount account)
    {
        await _host.ScanAsync(account, Storage);
        _host.Pass(TimeSpan.FromDays(40));
        await _host.ScanAsync(account, Storage);
        _host.Pass(TimeSpan.FromDays(1));
        await _host.ScanAsync(account, Storage);
    }
}
