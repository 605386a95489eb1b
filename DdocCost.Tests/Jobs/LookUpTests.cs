using DdocCost.Domain.Governance;
using DdocCost.Domain.Ledger;
using DdocCost.Domain.Normalise;
using DdocCost.Domain.Storage;
using DdocCost.Jobs.Aws;
using DdocCost.Jobs.Lookup;
using DdocCost.Tests.Aws;
using DdocCost.Tests.Normalise;
using DdocCost.Tests.Support;
using Marten;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using static DdocCost.Tests.Support.TrailRecords;

namespace DdocCost.Tests.Jobs;

/// <summary>What the trail does not tell is asked of the account, over AWS's own protocol, and prices what waited.</summary>
public sealed class LookUpTests(PostgresServer postgres) : IDisposable
{
    private const string Account = "111122223333";
    private readonly TempFolder _folder = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Prices_what_was_made_before_the_trail_began_as_the_account_describes_it()
    {
        await using var aws = await AwsStandIn.StartAsync();
        aws.Answers["ec2:DescribeInstances"] = call => StandInAnswer.Xml(
            $"""
            <DescribeInstancesResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><reservationSet><item><instancesSet>
            <item><instanceId>{call.Form["Filter.1.Value.1"]}</instanceId><instanceType>m5.large</instanceType><platformDetails>Linux/UNIX</platformDetails><placement><tenancy>default</tenancy></placement></item>
            <item><instanceId>i-somebody-elses</instanceId><instanceType>p5.48xlarge</instanceType></item>
            </instancesSet></item></reservationSet></DescribeInstancesResponse>
            """);
        aws.Answers["rds:DescribeDBInstances"] = _ => StandInAnswer.Xml(
            """
            <DescribeDBInstancesResponse xmlns="urn:x"><DescribeDBInstancesResult><DBInstances><DBInstance><DBInstanceIdentifier>orders</DBInstanceIdentifier><DBInstanceClass>db.r5.large</DBInstanceClass>
            <Engine>postgres</Engine><AllocatedStorage>100</AllocatedStorage><StorageType>gp3</StorageType><MultiAZ>true</MultiAZ></DBInstance></DBInstances></DescribeDBInstancesResult></DescribeDBInstancesResponse>
            """);
        await using var pipeline = await PipelineAsync(aws);
        await pipeline.TakeAsync("acme", Delivery("before", Log(
            Records.Json("ec2", "StartInstances", """{"instancesSet":{"items":[{"instanceId":"i-1"}]}}"""),
            Records.Json("rds", "StartDBInstance", """{"dBInstanceIdentifier":"orders"}""").Replace("000000000001\"", "000000000002\"", StringComparison.Ordinal))));
        await pipeline.DrainedAsync("acme");
        Assert.All(await pipeline.DocumentsAsync<RunningResource>("acme"), resource => Assert.Null(resource.UsdPerHour));

        var described = await pipeline.Get<LookUpJob>().RunAsync(Stop);
        await pipeline.DrainedAsync("acme");

        Assert.Equal(2, described);
        var running = (await pipeline.DocumentsAsync<RunningResource>("acme")).ToDictionary(resource => resource.ResourceId);
        Assert.Equal(("m5.large", 0.107m), (running["i-1"].Size, running["i-1"].UsdPerHour));
        Assert.Equal(("db.r5.large", true, 100m), (running["orders"].Size, running["orders"].Traits.MultiAz, running["orders"].Traits.StorageGib));
        Assert.True(running["orders"].UsdPerHour > 0.56m);
        Assert.DoesNotContain("i-somebody-elses", running.Keys);
        var told = (await pipeline.CostEventsAsync("acme")).Where(e => e.Costed.Event.EventName == LookedUp.Described).ToList();
        Assert.Equal(2, told.Count);
        Assert.All(told, e => Assert.Equal("alice", e.Costed.Event.Actor.Name));

        // Asked once; and a redelivery of the answer changes nothing.
        Assert.Equal(0, await pipeline.Get<LookUpJob>().RunAsync(Stop));
        Assert.Single(aws.CallsOf("ec2:DescribeInstances"));
    }

    [Fact]
    public async Task Leaves_what_the_account_does_not_tell_as_it_was()
    {
        await using var aws = await AwsStandIn.StartAsync();
        aws.Answers["ec2:DescribeInstances"] = _ => new(403, "<Response><Errors><Error><Code>UnauthorizedOperation</Code><Message>You are not authorized to perform this operation.</Message></Error></Errors></Response>", "text/xml");
        await using var pipeline = await PipelineAsync(aws);
        await pipeline.TakeAsync("acme", Delivery("before", Log(Records.Json("ec2", "StartInstances", """{"instancesSet":{"items":[{"instanceId":"i-1"}]}}"""))));
        await pipeline.DrainedAsync("acme");

        Assert.Equal(0, await pipeline.Get<LookUpJob>().RunAsync(Stop));

        Assert.Null(Assert.Single(await pipeline.DocumentsAsync<RunningResource>("acme")).UsdPerHour);
    }

    [Fact]
    public void Knows_better_than_a_look_up_what_the_trail_told_meanwhile()
    {
        var ledger = new ResourceLedger(Account, [], [], []);
        var facts = new ResourceFacts("ec2:instance", "i-1") { Size = "p5.48xlarge" };
        var late = Records.Understand(facts.ToRecord(Account, "eu-west-1", new DateTimeOffset(2026, 3, 2, 11, 0, 0, TimeSpan.Zero)));

        Assert.Equal(0, ledger.Apply(late).UsdPerHour);
        Assert.Empty(ledger.Running);
        ledger.Apply(Records.Understand("ec2", "RunInstances", "{}", """{"instancesSet":{"items":[{"instanceId":"i-1","instanceType":"m5.large"}]}}"""));
        Assert.Equal(0, ledger.Apply(late).UsdPerHour);
        Assert.Equal(0.107m, ledger.ExposureUsdPerHour);
    }

    private async Task<Pipeline> PipelineAsync(AwsStandIn aws)
    {
        var pipeline = new Pipeline(await postgres.NewDatabaseAsync(), _folder["archive"], services => services
            .AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection([new("AWS_ENDPOINT_URL", aws.Url), new("Aws:FirstPause", "00:00:00.002")]).Build())
            .AddSingleton<ISecretBox, PlainBox>().AddSingleton<IPanicSwitch, Calm>().AddAws().AddLookup());
        await using var session = pipeline.Get<IDocumentStore>().LightweightSession("acme");
        session.Store(AwsHost.Account());
        await session.SaveChangesAsync(Stop);
        await pipeline.StartAsync();
        return pipeline;
    }

    private sealed class Calm : IPanicSwitch
    {
        public ValueTask<PanicState> ReadAsync(CancellationToken cancellationToken) => new(PanicState.Off);

        public Task EngageAsync(string reason, string by, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task ReleaseAsync(string by, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
