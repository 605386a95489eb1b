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
    public async Task Asks_for_the_definitions_that_what_runs_refers_to()
    {
        await using var aws = await AwsStandIn.StartAsync();
        aws.Answers["ecs:DescribeTaskDefinition"] = call => StandInAnswer.Json(new
        {
            taskDefinition = new { family = "web", cpu = "1024", memory = "2048", requiresCompatibilities = new[] { "FARGATE" }, containerDefinitions = new object[] { new { cpu = 256, memory = 512 }, new { cpu = 256 } } },
        });
        aws.Answers["sagemaker:DescribeEndpointConfig"] = call => StandInAnswer.Json(new
        {
            EndpointConfigName = call.Json.GetProperty("EndpointConfigName").GetString(),
            ProductionVariants = new object[] { new { InstanceType = "ml.m5.xlarge", InitialInstanceCount = 2 }, new { InstanceType = "ml.t3.medium", InitialInstanceCount = 1 } },
        });
        aws.Answers["ec2:DescribeLaunchTemplateVersions"] = call => StandInAnswer.Xml(
            $"""
            <DescribeLaunchTemplateVersionsResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><launchTemplateVersionSet><item><launchTemplateId>{call.Form["LaunchTemplateId"]}</launchTemplateId>
            <versionNumber>{call.Form["LaunchTemplateVersion.1"]}</versionNumber><launchTemplateData><instanceType>m5.large</instanceType></launchTemplateData></item></launchTemplateVersionSet></DescribeLaunchTemplateVersionsResponse>
            """);
        await using var pipeline = await PipelineAsync(aws);
        await pipeline.TakeAsync("acme", Delivery("before", Log(
            Numbered(1, Records.Json("ecs", "CreateService", "{}", Service("api", 4))),
            Numbered(2, Records.Json("ecs", "CreateService", "{}", Service("jobs", 1), identity: Records.User("bruno"))),
            Numbered(3, Records.Json("sagemaker", "CreateEndpoint", """{"endpointName":"ep","endpointConfigName":"cfg"}""", "{}")),
            Numbered(4, Records.Json("ec2", "RunInstances", """{"launchTemplate":{"launchTemplateId":"lt-1","version":"3"},"instancesSet":{"items":[{"minCount":2,"maxCount":2}]}}""")))));
        await pipeline.DrainedAsync("acme");
        var waiting = await pipeline.DocumentsAsync<RunningResource>("acme");
        Assert.All(waiting, resource => Assert.Null(resource.UsdPerHour));
        Assert.Equal(
            ["ec2:launch-template/lt-1:3", "ecs:task-definition/web:7", "ecs:task-definition/web:7", "sagemaker:endpoint-config/cfg"],
            waiting.Select(resource => resource.Definition!).Order(StringComparer.Ordinal));

        var described = await pipeline.Get<LookUpJob>().RunAsync(Stop);
        await pipeline.DrainedAsync("acme");

        Assert.Equal(4, described);
        Assert.Equal("web:7", Assert.Single(aws.CallsOf("ecs:DescribeTaskDefinition")).Json.GetProperty("taskDefinition").GetString());
        var running = (await pipeline.DocumentsAsync<RunningResource>("acme")).OrderBy(resource => resource.Id, StringComparer.Ordinal).ToList();
        Assert.Equal(5, running.Count);
        Assert.All(running, resource => Assert.True(resource.UsdPerHour > 0, resource.Id));
        Assert.Equal([4m, 1m], running.Where(resource => resource.ResourceType == "ecs:service").Select(resource => resource.Quantity));
        Assert.Equal(
            [("ml.m5.xlarge", 2m, "alice"), ("ml.t3.medium", 1m, "alice")],
            running.Where(resource => resource.ResourceType == "sagemaker:endpoint").Select(resource => (resource.Size!, resource.Quantity, resource.StartedBy.Name)));
        Assert.All(running, resource => Assert.Equal(new DateTimeOffset(2026, 3, 2, 10, 0, 0, TimeSpan.Zero), resource.Since));
        Assert.Equal(("m5.large", 2m), Assert.Single(running, resource => resource.ResourceType == "ec2:instance") is var launched ? (launched.Size, launched.Quantity) : default);
        Assert.Contains((await pipeline.CostEventsAsync("acme")), e => e.Costed.Event is { EventName: LookedUp.Described, Actor.Name: "bruno" });
        Assert.Equal(0, await pipeline.Get<LookUpJob>().RunAsync(Stop));
    }

    [Fact]
    public async Task Asks_services_and_endpoints_what_they_refer_to_where_no_record_told()
    {
        await using var aws = await AwsStandIn.StartAsync();
        aws.Answers["ecs:DescribeServices"] = call => call.Json.GetProperty("cluster").GetString() == "gone"
            ? StandInAnswer.Error(400, "ClusterNotFoundException", "Cluster not found.")
            : StandInAnswer.Json(new
            {
                services = new object[]
                {
                    new { serviceName = "api", launchType = "FARGATE", desiredCount = 3, taskDefinition = "arn:aws:ecs:eu-west-1:111122223333:task-definition/web:7" },
                    new { serviceName = "jobs", capacityProviderStrategy = new[] { new { capacityProvider = "FARGATE" } }, desiredCount = 1, taskDefinition = "arn:aws:ecs:eu-west-1:111122223333:task-definition/web:7" },
                },
                failures = new[] { new { arn = "arn:aws:ecs:eu-west-1:111122223333:service/prod/lost", reason = "MISSING" } },
            });
        aws.Answers["ecs:DescribeTaskDefinition"] = _ => StandInAnswer.Json(new { taskDefinition = new { cpu = "1024", memory = "2048", requiresCompatibilities = new[] { "FARGATE" } } });
        aws.Answers["sagemaker:DescribeEndpoint"] = call => call.Json.GetProperty("EndpointName").GetString() == "gone"
            ? StandInAnswer.Error(400, "ValidationException", "Could not find endpoint \"gone\".")
            : StandInAnswer.Json(new { EndpointConfigName = "cfg", ProductionVariants = new object[] { new { VariantName = "big", CurrentInstanceCount = 5 }, new { VariantName = "small" } } });
        aws.Answers["sagemaker:DescribeEndpointConfig"] = _ => StandInAnswer.Json(new
        {
            ProductionVariants = new object[] { new { VariantName = "big", InstanceType = "ml.m5.xlarge", InitialInstanceCount = 2 }, new { VariantName = "small", InstanceType = "ml.t3.medium", InitialInstanceCount = 1 } },
        });
        await using var pipeline = await PipelineAsync(aws);
        await pipeline.TakeAsync("acme", Delivery("before", Log(
            Numbered(1, Scaled("prod", "api", 3)), Numbered(2, Scaled("prod", "jobs", 1)), Numbered(3, Scaled("prod", "lost", 9)), Numbered(4, Scaled("gone", "other", 9)),
            Numbered(5, Weighed("ep")), Numbered(6, Weighed("gone")))));
        await pipeline.DrainedAsync("acme");
        Assert.All(await pipeline.DocumentsAsync<RunningResource>("acme"), resource => Assert.Equal((null, null), (resource.UsdPerHour, resource.Definition)));

        var described = await pipeline.Get<LookUpJob>().RunAsync(Stop);
        await pipeline.DrainedAsync("acme");

        Assert.Equal(3, described);
        Assert.Single(aws.CallsOf("ecs:DescribeTaskDefinition"));
        var running = (await pipeline.DocumentsAsync<RunningResource>("acme")).Where(resource => resource.UsdPerHour > 0).OrderBy(resource => resource.Id, StringComparer.Ordinal).ToList();
        Assert.Equal(
            [("prod/api", "fargate", 3m), ("prod/jobs", "fargate", 1m), ("ep", "ml.m5.xlarge", 5m), ("ep", "ml.t3.medium", 1m)],
            running.Select(resource => (resource.ResourceId, resource.Size!, resource.Quantity)));
        Assert.All(running, resource => Assert.Equal("alice", resource.StartedBy.Name));
        Assert.Equal(3, (await pipeline.DocumentsAsync<RunningResource>("acme")).Count(resource => resource.UsdPerHour is null));
        Assert.Equal(0, await pipeline.Get<LookUpJob>().RunAsync(Stop));

        static string Scaled(string cluster, string name, int count) => Records.Json("ecs", "UpdateService", $$"""{"cluster":"{{cluster}}","service":"{{name}}","desiredCount":{{count}}}""");
        static string Weighed(string name) => Records.Json("sagemaker", "UpdateEndpointWeightsAndCapacities", $$"""{"endpointName":"{{name}}","desiredWeightsAndCapacities":[{"variantName":"big","desiredInstanceCount":5}]}""");
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

    private static string Numbered(int number, string record) => record.Replace("000000000001\"", $"{number:000000000000}\"", StringComparison.Ordinal);

    private static string Service(string name, int count) =>
        $$$"""
        {"service":{"serviceArn":"arn:aws:ecs:eu-west-1:111122223333:service/prod/{{{name}}}","clusterArn":"arn:aws:ecs:eu-west-1:111122223333:cluster/prod","desiredCount":{{{count}}},
        "launchType":"FARGATE","taskDefinition":"arn:aws:ecs:eu-west-1:111122223333:task-definition/web:7"}}
        """;

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
