using DdocCost.Domain.Zombies;
using DdocCost.Jobs.Demo;
using DdocCost.Jobs.Demo.Forgotten;
using DdocCost.Tests.Ledger;
using DdocCost.Tests.Support;
using DdocCost.Tests.Support.AwsEmulator;
using DdocCost.Tests.Zombies;

namespace DdocCost.Tests.Demo;

/// <summary>The demo's zombies: left behind in the simulated trail, found by the rules.</summary>
public sealed class DemoHuntTests(PostgresServer postgres) : IDisposable
{
    private readonly TempFolder _folder = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_people_left_behind_is_found_with_who_made_it_and_nothing_that_is_used()
    {
        await using var aws = await AwsEmulator.StartAsync();
        await using var host = new HuntHost(await postgres.NewDatabaseAsync(), aws);
        var trail = DemoTrail.Open(_folder["trail"], _folder["state.json"], new DemoOptions { Seed = 3, Days = 20, Noise = 0 }, host.Clock.GetUtcNow());
        trail.WriteUntil(trail.Start.AddDays(4), cancellationToken: Stop); // all of it is left behind by then
        await host.StoreAsync([.. LabelledTrail.In(_folder["trail"]).Ledgers().SelectMany(ledger => ledger.Running.Values)]);

        await host.Get<DemoHunt>().RunAsync(HuntHost.Tenant, trail, Stop);
        await host.Get<DemoHunt>().RunAsync(HuntHost.Tenant, trail, Stop); // a restart scans nothing twice

        var findings = await host.AllAsync<ZombieFinding>();
        Assert.Equal(
            "EBS-01 benedikt, EBS-02 ?, EBS-11 ?, EC2-01 elif, EC2-03 ?, NET-01 leo, NET-03 gia, NET-13 tobias, RDS-01 maren, SEC-01 ?, SM-01 noor",
            string.Join(", ", findings.Where(finding => finding.IsZombie).Select(finding => $"{finding.RuleId} {finding.Birth?.ActorName.Split('@')[0] ?? "?"}").Order(StringComparer.Ordinal)));
        Assert.All(findings, finding => Assert.True(finding.IsZombie, $"{finding.RuleId} {finding.ResourceId} {finding.State}"));
        Assert.All(findings.Where(finding => finding.RuleId is "EC2-01" or "RDS-01" or "NET-03"), finding => Assert.Contains(finding.Evidence, seen => seen.Course.Count >= 14));
        Assert.All(findings, finding => Assert.True(finding.WastedUntil(host.Clock.GetUtcNow()) > 0, finding.RuleId));
        var runs = await host.AllAsync<HuntRun>();
        Assert.Equal((21, 0), (runs.Count, runs.Sum(run => run.Gaps.Count)));
        Assert.True(runs.Sum(run => run.Resources) > 50);
        Assert.Empty(await host.AllAsync<ScanPart>());
    }
}
