using System.Globalization;
using DdocCost.Domain.Ledger;
using DdocCost.Domain.Normalise;
using Xunit;
using static DdocCost.Tests.Normalise.Records;

namespace DdocCost.Tests.Normalise.Services;

/// <summary>Records that only make sense together: what was there before, what another call describes, what ends with what.</summary>
public sealed class CatalogueInTheLedgerTests
{
    private const decimal HoursPerMonth = 730, Gp3 = 0.08m, Shard = 0.015m;

    private readonly ResourceLedger _ledger = new(Account, [], [], []);
    private DateTimeOffset _now = new(2026, 3, 2, 10, 0, 0, TimeSpan.Zero);
    private int _events;

    [Fact]
    public void A_volume_that_was_not_seen_before_costs_what_was_added()
    {
        var grown = Apply("ec2", "ModifyVolume", """{"volumeId":"vol-1","size":500}""", """
            {"volumeModification":{"volumeId":"vol-1","originalSize":100,"targetSize":500,"originalVolumeType":"gp3","targetVolumeType":"gp3",
             "originalIops":3000,"targetIops":3000,"originalThroughput":125,"targetThroughput":125}}
            """);
        Assert.Equal(400 * Gp3 / HoursPerMonth, grown.AddedUsdPerHour, 6);
        Assert.Contains("changed from gp3 of 100 GiB", grown.Cost.Note, StringComparison.Ordinal);
        Assert.Equal(500 * Gp3 / HoursPerMonth, _ledger.ExposureUsdPerHour, 6);
    }

    [Fact]
    public void Shards_that_are_split_and_merged_change_what_runs()
    {
        Apply("kinesis", "CreateStream", """{"streamName":"s","shardCount":2}""");
        Assert.Equal(Shard, Apply("kinesis", "SplitShard", """{"streamName":"s","shardToSplit":"shardId-0"}""").AddedUsdPerHour);
        Assert.Equal(3 * Shard, _ledger.ExposureUsdPerHour);
        Apply("kinesis", "MergeShards", """{"streamName":"s","shardToMerge":"shardId-1","adjacentShardToMerge":"shardId-2"}""");
        Assert.Equal(2 * Shard, _ledger.ExposureUsdPerHour);
    }

    [Fact]
    public void A_split_of_a_stream_that_was_not_seen_costs_one_shard_and_claims_no_more()
    {
        Assert.Equal(Shard, Apply("kinesis", "SplitShard", """{"streamName":"s","shardToSplit":"shardId-0"}""").AddedUsdPerHour);
        Assert.Equal(-Shard, Apply("kinesis", "MergeShards", """{"streamName":"s","shardToMerge":"shardId-1"}""").UsdPerHour);
        Assert.Equal(0, _ledger.ExposureUsdPerHour);
    }

    [Fact]
    public void A_multi_zone_cluster_is_priced_three_times_and_ends_without_an_answer()
    {
        var one = Apply("rds", "CreateDBInstance", """{"dBInstanceIdentifier":"one","dBInstanceClass":"db.r6gd.large","engine":"postgres"}""");
        var three = Apply(
            "rds", "CreateDBCluster", """{"dBClusterIdentifier":"main","dBClusterInstanceClass":"db.r6gd.large","engine":"postgres"}""",
            """{"dBClusterIdentifier":"main","dBClusterInstanceClass":"db.r6gd.large","engine":"postgres","multiAZ":true}""");
        Assert.Equal(3 * one.AddedUsdPerHour, three.AddedUsdPerHour);
        Apply("rds", "DeleteDBCluster", """{"dBClusterIdentifier":"main"}""");
        Assert.Equal(one.AddedUsdPerHour, _ledger.ExposureUsdPerHour);
    }

    [Theory]
    [InlineData("aurora-postgresql", 0.24)]
    [InlineData("neptune", 0.3216)]
    [InlineData("docdb", 0.1644)]
    public void A_serverless_instance_costs_at_least_the_minimum_of_its_cluster(string engine, double usdPerHour)
    {
        Apply("rds", "CreateDBCluster", $$$"""{"dBClusterIdentifier":"main","engine":"{{{engine}}}","serverlessV2ScalingConfiguration":{"minCapacity":2,"maxCapacity":16}}""");
        var instance = Apply("rds", "CreateDBInstance", $$"""{"dBInstanceIdentifier":"main-1","dBClusterIdentifier":"main","dBInstanceClass":"db.serverless","engine":"{{engine}}"}""");
        Assert.Equal(usdPerHour, (double)instance.AddedUsdPerHour, 4);
        Assert.Contains("up to 16 units", instance.Cost.Note, StringComparison.Ordinal);
    }

    [Fact]
    public void A_limit_price_holds_for_the_whole_purchase()
    {
        var bought = Apply("ec2", "PurchaseReservedInstancesOffering", """{"instanceCount":3,"limitPrice":{"amount":1500,"currencyCode":"USD"}}""", """{"reservedInstancesId":"ri-1"}""");
        Assert.Equal(1500, bought.OneTimeUsd);
        Assert.Null(Apply("ec2", "PurchaseReservedInstancesOffering", """{"instanceCount":3}""", """{"reservedInstancesId":"ri-2"}""").UsdPerHour);
    }

    [Fact]
    public void What_is_paid_once_and_not_told_by_the_record_has_its_list_price() =>
        Assert.Equal(0.75m, Apply("acm-pca", "IssueCertificate", """{"certificateAuthorityArn":"arn:ca"}""", """{"certificateArn":"arn:c"}""").OneTimeUsd);

    [Theory]
    [InlineData("synthetics", "CreateCanary", """{"name":"c","schedule":{"expression":"rate(1 minute)"}}""", "null", "StartCanary", """{"name":"c"}""", 0.072)]
    [InlineData("emr-serverless", "CreateApplication", """{"initialCapacity":{"Driver":{"workerCount":2,"workerConfiguration":{"cpu":"4vCPU","memory":"16GB"}}}}""", """{"applicationId":"a"}""", "StartApplication", """{"applicationId":"a"}""", 0.6059)]
    [InlineData("kinesisanalytics", "CreateApplication", """{"applicationName":"f","applicationConfiguration":{"flinkApplicationConfiguration":{"parallelismConfiguration":{"parallelism":8,"parallelismPerKPU":2}}}}""", "null", "StartApplication", """{"applicationName":"f"}""", 0.55)]
    [InlineData("codebuild", "CreateProject", """{"name":"p","environment":{"type":"LINUX_CONTAINER","computeType":"BUILD_GENERAL1_LARGE"}}""", "null", "StartBuild", """{"projectName":"p"}""", 1.2)]
    public void What_another_call_describes_is_priced_when_it_starts(string service, string define, string request, string response, string start, string started, double usdPerHour)
    {
        Assert.Equal(0, Apply(service, define, request, response).AddedUsdPerHour);
        Assert.Equal(usdPerHour, (double)Apply(service, start, started).AddedUsdPerHour, 3);
    }

    [Fact]
    public void A_stopped_instance_that_is_moved_to_dedicated_hardware_costs_more_when_it_starts()
    {
        var launched = Apply("ec2", "RunInstances", """{"instanceType":"m5.large"}""", """{"instancesSet":{"items":[{"instanceId":"i-1","instanceType":"m5.large"}]}}""");
        Apply("ec2", "StopInstances", """{"instancesSet":{"items":[{"instanceId":"i-1"}]}}""");
        Apply("ec2", "ModifyInstancePlacement", """{"ModifyInstancePlacementRequest":{"InstanceId":"i-1","Tenancy":"dedicated"}}""");
        Assert.Equal(0, _ledger.ExposureUsdPerHour);
        Apply("ec2", "StartInstances", """{"instancesSet":{"items":[{"instanceId":"i-1"}]}}""");
        Assert.True(_ledger.ExposureUsdPerHour > launched.AddedUsdPerHour);
    }

    [Fact]
    public void A_paused_service_costs_nothing_until_it_is_resumed()
    {
        var made = Apply("apprunner", "CreateService", """{"instanceConfiguration":{"cpu":"1024","memory":"4096"}}""", """{"service":{"serviceArn":"arn:s","instanceConfiguration":{"cpu":"1024","memory":"4096"}}}""");
        Apply("apprunner", "PauseService", """{"serviceArn":"arn:s"}""");
        Assert.Equal(0, _ledger.ExposureUsdPerHour);
        Assert.Equal(made.AddedUsdPerHour, Apply("apprunner", "ResumeService", """{"serviceArn":"arn:s"}""").AddedUsdPerHour);
    }

    [Fact]
    public void The_rules_of_an_access_control_list_come_and_go_with_it()
    {
        Apply("wafv2", "CreateWebACL", """{"name":"a","rules":[{"name":"1"}]}""", """{"summary":{"id":"acl-1"}}""");
        Assert.Equal(6 / HoursPerMonth, _ledger.ExposureUsdPerHour, 6);
        Apply("wafv2", "UpdateWebACL", """{"id":"acl-1","rules":[{"name":"1"},{"name":"2"},{"name":"3"}]}""");
        Assert.Equal(8 / HoursPerMonth, _ledger.ExposureUsdPerHour, 6);
        Apply("wafv2", "DeleteWebACL", """{"id":"acl-1"}""");
        Assert.Equal(0, _ledger.ExposureUsdPerHour);
    }

    [Theory]
    [InlineData("elasticmapreduce", "AddInstanceGroups", """{"jobFlowId":"j-1","instanceGroups":[{"instanceType":"m5.xlarge","instanceCount":4}]}""", """{"jobFlowId":"j-1","instanceGroupIds":["ig-1"]}""", "TerminateJobFlows", """{"jobFlowIds":["j-1"]}""")]
    [InlineData("apigateway", "CreateStage", """{"restApiId":"a-1","createStageInput":{"stageName":"prod","cacheClusterEnabled":true,"cacheClusterSize":"6.1"}}""", "{}", "DeleteRestApi", """{"restApiId":"a-1"}""")]
    [InlineData("kinesis", "RegisterStreamConsumer", """{"streamARN":"arn:aws:kinesis:us-east-1:111122223333:stream/s","consumerName":"c"}""", """{"consumer":{"consumerARN":"arn:c"}}""", "DeleteStream", """{"streamName":"s"}""")]
    [InlineData("kendra", "UpdateIndex", """{"id":"k-1","capacityUnits":{"queryCapacityUnits":2,"storageCapacityUnits":1}}""", "{}", "DeleteIndex", """{"id":"k-1"}""")]
    [InlineData("ds", "UpdateNumberOfDomainControllers", """{"directoryId":"d-1","desiredNumber":4}""", "{}", "DeleteDirectory", """{"directoryId":"d-1"}""")]
    [InlineData("elasticloadbalancing", "ModifyCapacityReservation", """{"loadBalancerArn":"arn:lb/app/x","minimumLoadBalancerCapacity":{"capacityUnits":500}}""", "{}", "DeleteLoadBalancer", """{"loadBalancerArn":"arn:lb/app/x"}""")]
    public void What_belongs_to_a_resource_ends_with_it(string service, string start, string request, string response, string end, string ended)
    {
        Apply(service, start, request, response);
        Assert.True(_ledger.ExposureUsdPerHour > 0);
        Apply(service, end, ended);
        Assert.Equal(0, _ledger.ExposureUsdPerHour);
    }

    private CostedEvent Apply(string service, string name, string request = "null", string response = "null")
    {
        _now += TimeSpan.FromMinutes(1);
        _events++;
        var e = Understand(Json(service, name, request, response, region: "us-east-1"));
        return _ledger.Apply(e with { Time = _now, EventId = _events.ToString(CultureInfo.InvariantCulture) });
    }
}
