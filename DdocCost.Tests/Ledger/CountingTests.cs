using DdocCost.Domain.Ledger;
using DdocCost.Domain.Normalise;
using DdocCost.Domain.Pricing;
using DdocCost.Tests.Normalise;

namespace DdocCost.Tests.Ledger;

/// <summary>
/// How AWS counts, rule by rule: records as CloudTrail writes them, read by the catalogue and entered into one ledger. Figures are list
/// prices of us-east-1: m5.large 0.096, r5.large 0.126, gp3 0.08 a GB-month, db.r5.large 0.25, cache.r6g.large 0.206.
/// </summary>
public sealed class CountingTests
{
    private const decimal M5 = 0.096m, Month = 730;

    private readonly ResourceLedger ledger = new(Records.Account, [], [], []);
    private int count;

    [Fact]
    public void Counts_what_was_launched_not_what_was_asked() => Costs(3 * M5, Ec2(
        "RunInstances", """{"instanceType":"m5.large","instancesSet":{"items":[{"minCount":1,"maxCount":10}]}}""", Launched("i-1", "i-2", "i-3")));

    [Fact]
    public void Counts_volumes_with_their_IOPS_and_throughput_beside_the_instance() => Costs(
        M5 + (((500 * 0.08m) + (3_000 * 0.005m) + (125 * 0.04m)) / Month),
        Ec2(
            "RunInstances", """{"instanceType":"m5.large","blockDeviceMapping":{"items":[{"deviceName":"/dev/xvda","ebs":{"volumeSize":500,"volumeType":"gp3","iops":6000,"throughput":250}}]}}""",
            Launched("i-1")));

    [Fact]
    public void Counts_what_is_included_with_every_volume_for_every_volume() => Costs(
        M5 + (200 * 0.08m / Month),
        Ec2(
            "RunInstances",
            """{"instanceType":"m5.large","blockDeviceMapping":{"items":[{"ebs":{"volumeSize":100,"volumeType":"gp3","iops":3000}},{"ebs":{"volumeSize":100,"volumeType":"gp3","iops":3000}}]}}""",
            Launched("i-1")));

    [Theory]
    [InlineData(""","instanceLifecycle":"spot" """, 0.0384, "spot price estimated")]
    [InlineData(""","placement":{"tenancy":"dedicated"}""", 0.10176, "dedicated tenancy estimated")]
    [InlineData(""","placement":{"tenancy":"host"}""", 0, "billed with its Dedicated Host")]
    [InlineData(""","platform":"windows" """, 0.188, "Windows licence by vCPU")]
    [InlineData(""","platformDetails":"Windows with SQL Server Standard" """, 0.188, "without the SQL Server licence")]
    [InlineData(""","platformDetails":"Red Hat Enterprise Linux" """, 0.096, "at least: rhel priced as Linux")]
    [InlineData(""","platformDetails":"Linux/UNIX" """, 0.096, null)]
    public void Counts_the_terms_that_a_record_tells_and_says_what_it_assumed(string terms, double expected, string? said)
    {
        var costed = Costs((decimal)expected, Ec2("RunInstances", "{}", "{\"instancesSet\":{\"items\":[{\"instanceId\":\"i-1\",\"instanceType\":\"m5.large\"" + terms + "}]}}"));

        Assert.Contains(said ?? "", costed.Cost.Note ?? "", StringComparison.Ordinal);
    }

    [Fact]
    public void Counts_both_copies_of_a_multi_AZ_database_and_their_storage() => Costs(
        (2 * 0.25m) + (2 * 100 * 0.115m / Month), Rds("CreateDBInstance", "\"multiAZ\":true"));

    [Fact]
    public void Counts_nodes_times_shards()
    {
        var costed = Take("elasticache", "CreateReplicationGroup", """{"replicationGroupId":"rg","cacheNodeType":"cache.r6g.large","engine":"redis","numNodeGroups":3,"replicasPerNodeGroup":2}""", """{"replicationGroupId":"rg","status":"creating"}""");

        Assert.Equal(9 * 0.206m, costed.UsdPerHour);
    }

    [Fact]
    public void Counts_a_resize_as_the_difference_and_remembers_the_size_for_the_next()
    {
        Rds("CreateDBInstance", "\"multiAZ\":false");

        Assert.Equal(0.25m, Resize("db.r5.xlarge").UsdPerHour);
        Assert.Equal(0.5m, Resize("db.r5.2xlarge").UsdPerHour);
        Assert.Equal(-0.75m, Resize("db.r5.large").UsdPerHour);

        CostedEvent Resize(string size) => Take("rds", "ModifyDBInstance", $$"""{"dBInstanceIdentifier":"orders","dBInstanceClass":"{{size}}","applyImmediately":true}""", """{"dBInstanceIdentifier":"orders","engine":"postgres"}""");
    }

    [Fact]
    public void Goes_on_counting_the_volumes_of_what_is_stopped_and_nothing_of_what_is_terminated()
    {
        Ec2("RunInstances", """{"blockDeviceMapping":{"items":[{"ebs":{"volumeSize":100,"volumeType":"gp3"}}]}}""", Launched("i-1"));

        Assert.Equal(-M5, Ec2("StopInstances", Named("i-1"), Named("i-1")).UsdPerHour);
        Assert.Equal(100 * 0.08m / Month, ledger.ExposureUsdPerHour, 9);
        Assert.Equal(M5, Ec2("StartInstances", Named("i-1"), Named("i-1")).UsdPerHour);
        Ec2("TerminateInstances", Named("i-1"), Named("i-1"));
        Assert.Equal(0, ledger.ExposureUsdPerHour);
    }

    [Theory]
    [InlineData("autoscaling", "CreateAutoScalingGroup", """{"autoScalingGroupName":"web","desiredCapacity":2,"minSize":2,"maxSize":4}""", "aws:autoscaling:groupName", "web", "autoscaling:web")]
    [InlineData("eks", "CreateNodegroup", """{"name":"main","nodegroupName":"default","instanceTypes":["m5.large"],"scalingConfig":{"desiredSize":2}}""", "eks:nodegroup-name", "default", "eks:?/default")]
    [InlineData("batch", "CreateComputeEnvironment", """{"computeEnvironmentName":"jobs","computeResources":{"type":"EC2","desiredvCpus":4}}""", "aws:autoscaling:groupName", "jobs-asg", "autoscaling:jobs-asg")]
    [InlineData("elasticbeanstalk", "CreateEnvironment", """{"applicationName":"shop","environmentName":"shop-prod"}""", "aws:autoscaling:groupName", "awseb-1", "autoscaling:awseb-1")]
    [InlineData("cloudformation", "CreateStack", """{"stackName":"shop"}""", "aws:cloudformation:stack-name", "shop", null)]
    [InlineData("ec2", "CreateFleet", """{"CreateFleetRequest":{"Type":"maintain","TargetCapacitySpecification":{"TotalTargetCapacity":2}}}""", "aws:ec2:fleet-id", "fleet-1", "fleet:fleet-1")]
    public void Counts_one_cause_once_however_many_records_tell_of_it(string service, string call, string request, string tag, string value, string? owner)
    {
        var cause = Take(service, call, request, "{}");
        Ec2("RunInstances", "{}", $$$"""
            {"instancesSet":{"items":[{"instanceId":"i-1","instanceType":"m5.large","tagSet":{"items":[{"key":"{{{tag}}}","value":"{{{value}}}"}]}},{"instanceId":"i-2","instanceType":"m5.large"}]}}
            """);

        Assert.Equal(0, cause.UsdPerHour);
        Assert.NotNull(cause.Cost.Note);
        Assert.Equal(2 * M5, ledger.ExposureUsdPerHour);
        Assert.Equal(owner, ledger.Running.Values.Single(resource => resource.ResourceId == "i-1").Owner);
    }

    [Fact]
    public void Counts_what_EMR_adds_and_the_instances_as_EC2()
    {
        var cluster = Take("elasticmapreduce", "RunJobFlow", """{"name":"etl","instances":{"instanceGroups":[{"instanceRole":"MASTER","instanceType":"m5.xlarge","instanceCount":1}]}}""", """{"jobFlowId":"j-1"}""");
        Ec2("RunInstances", "{}", """{"instancesSet":{"items":[{"instanceId":"i-1","instanceType":"m5.xlarge","tagSet":{"items":[{"key":"aws:elasticmapreduce:job-flow-id","value":"j-1"}]}}]}}""");

        Assert.Equal(0.048m, cluster.UsdPerHour);
        Assert.Equal(0.192m + 0.048m, ledger.ExposureUsdPerHour);
    }

    [Fact]
    public void Takes_the_type_from_the_launch_template_and_says_which_was_not_seen()
    {
        const string asked = """{"launchTemplate":{"launchTemplateId":"lt-1"},"instancesSet":{"items":[{"minCount":2,"maxCount":2}]}}""";

        var unseen = Ec2("RunInstances", asked, "null");
        Ec2("CreateLaunchTemplate", """{"CreateLaunchTemplateRequest":{"LaunchTemplateName":"web","LaunchTemplateData":{"InstanceType":"m5.large"}}}""", """{"CreateLaunchTemplateResponse":{"launchTemplate":{"launchTemplateId":"lt-1","launchTemplateName":"web"}}}""");
        var seen = Ec2("RunInstances", asked, "null");

        Assert.Null(unseen.UsdPerHour);
        Assert.Contains("ec2:launch-template/lt-1 was not seen being defined", unseen.Cost.Note, StringComparison.Ordinal);
        Assert.Equal(2 * M5, seen.UsdPerHour);
    }

    [Fact]
    public void Follows_a_launch_template_to_another_default_version()
    {
        const string asked = """{"launchTemplate":{"launchTemplateId":"lt-1"},"instancesSet":{"items":[{"minCount":2,"maxCount":2}]}}""";
        Ec2("CreateLaunchTemplate", """{"CreateLaunchTemplateRequest":{"LaunchTemplateName":"web","LaunchTemplateData":{"InstanceType":"m5.xlarge"}}}""", """{"CreateLaunchTemplateResponse":{"launchTemplate":{"launchTemplateId":"lt-1","launchTemplateName":"web"}}}""");
        Ec2("CreateLaunchTemplateVersion", """{"CreateLaunchTemplateVersionRequest":{"LaunchTemplateId":"lt-1","LaunchTemplateData":{"InstanceType":"m5.large"}}}""", """{"CreateLaunchTemplateVersionResponse":{"launchTemplateVersion":{"launchTemplateId":"lt-1","launchTemplateName":"web","versionNumber":2}}}""");
        var before = Ec2("RunInstances", asked, "null");

        Ec2("ModifyLaunchTemplate", """{"ModifyLaunchTemplateRequest":{"LaunchTemplateId":"lt-1","SetDefaultVersion":"2"}}""", "null");
        var after = Ec2("RunInstances", asked, "null");
        Ec2("ModifyLaunchTemplate", """{"ModifyLaunchTemplateRequest":{"LaunchTemplateId":"lt-1","SetDefaultVersion":"7"}}""", """{"ModifyLaunchTemplateResponse":{"launchTemplate":{"launchTemplateId":"lt-1","launchTemplateName":"web","defaultVersionNumber":7}}}""");
        var unseen = Ec2("RunInstances", asked, "null");

        Assert.Equal((2 * 0.192m, 2 * M5), (before.UsdPerHour, after.UsdPerHour));
        Assert.Null(unseen.UsdPerHour);
        Assert.Contains("ec2:launch-template/lt-1 was not seen being defined", unseen.Cost.Note, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("us-gov-west-1", "amazonaws.com", PriceConfidence.High, null)]
    [InlineData("us-gov-east-1", "amazonaws.com", PriceConfidence.High, null)]
    [InlineData("cn-north-1", "amazonaws.com.cn", PriceConfidence.Medium, "1.013 CNY an hour, at 7.2 CNY a dollar")]
    [InlineData("cn-northwest-1", "amazonaws.com.cn", PriceConfidence.Low, "CNY an hour, at 7.2 CNY a dollar; the price of cn-north-1: that of cn-northwest-1 is not known")]
    [InlineData("eu-isoe-west-1", "amazonaws.com", PriceConfidence.Low, "not in the price book")]
    public void Prices_other_partitions_and_says_where_it_had_to_guess(string region, string domain, PriceConfidence confidence, string? said)
    {
        var json = Records.Json("ec2", "RunInstances", "{}", Launched("i-1"), region: region).Replace("ec2.amazonaws.com", $"ec2.{domain}", StringComparison.Ordinal)
            .Replace("arn:aws:", region.StartsWith("cn", StringComparison.Ordinal) ? "arn:aws-cn:" : "arn:aws-us-gov:", StringComparison.Ordinal);

        var costed = ledger.Apply(Records.Understand(json));

        Assert.True(costed.UsdPerHour > 0);
        Assert.Equal(confidence, costed.Cost.Confidence);
        Assert.Contains(said ?? "", costed.Cost.Note ?? "", StringComparison.Ordinal);
        Assert.Equal("alice", costed.Event.Actor.Name);
    }

    [Fact]
    public void Prices_nothing_of_china_after_other_regions_and_converts_at_the_rate_that_is_set()
    {
        var eight = new ResourceLedger(Records.Account, [], [], [], new CurrentPrices(new ExchangeRates(8)));
        CostedEvent China(string service, string call, string request, string response) => eight.Apply(Records.Understand(Records.Json(service, call, request, response, region: "cn-north-1")));

        var machine = China("ec2", "RunInstances", "{}", Launched("i-1"));
        var database = China("rds", "CreateDBInstance", """{"dBInstanceIdentifier":"orders","dBInstanceClass":"db.r5.large","engine":"postgres"}""", "{}");
        var gateway = China("ec2", "CreateNatGateway", "{}", """{"CreateNatGatewayResponse":{"natGateway":{"natGatewayId":"nat-1"}}}""");
        var zone = China("route53", "CreateHostedZone", "{}", """{"hostedZone":{"id":"/hostedzone/Z1"}}""");
        var bought = China("savingsplans", "CreateSavingsPlan", """{"upfrontPaymentAmount":"80","commitment":"16"}""", """{"savingsPlanId":"p-1"}""");

        Assert.Contains("at 8 CNY a dollar", machine.Cost.Note, StringComparison.Ordinal);
        Assert.All((CostedEvent[])[database, gateway, zone], costed =>
        {
            Assert.Null(costed.UsdPerHour);
            Assert.Contains("AWS China has a price list of its own, in CNY", costed.Cost.Note, StringComparison.Ordinal);
        });
        Assert.Equal((10m, 2m), (bought.OneTimeUsd, bought.UsdPerHour));
        Assert.Contains("told in CNY, at 8 CNY a dollar", bought.Cost.Note, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"****\"", "\"****\"")]
    [InlineData("\"HIDDEN_DUE_TO_SECURITY_REASONS\"", "null")]
    [InlineData("""{"omitted":true,"originalSize":275000,"reason":"requestParameters exceeds max size"}""", """{"omitted":true,"originalSize":275000,"reason":"responseElements exceeds max size"}""")]
    [InlineData("""{"dBInstanceIdentifier":"****","dBInstanceClass":"****","engine":"****"}""", "null")]
    [InlineData("[]", "7")]
    public void Counts_what_a_record_hides_as_unpriced_never_as_free(string request, string response)
    {
        var costed = Take("rds", "CreateDBInstance", request, response);

        Assert.Null(costed.UsdPerHour);
        Assert.False(costed.IsPriced);
        Assert.NotNull(costed.Cost.Note);
    }

    private CostedEvent Costs(decimal expected, CostedEvent costed)
    {
        Assert.Equal((double)expected, (double)costed.UsdPerHour!, 1e-8);
        Assert.Equal((double)expected, (double)ledger.ExposureUsdPerHour, 1e-8);
        return costed;
    }

    private CostedEvent Ec2(string call, string request, string response) => Take("ec2", call, request, response);

    private CostedEvent Rds(string call, string more) => Take(
        "rds", call, $$"""{"dBInstanceIdentifier":"orders","dBInstanceClass":"db.r5.large","engine":"postgres","allocatedStorage":100,"storageType":"gp3",{{more}}}""", """{"dBInstanceIdentifier":"orders"}""");

    private CostedEvent Take(string service, string call, string request, string response)
    {
        var e = Records.Understand(Records.Json(service, call, request, response, region: "us-east-1"));
        var key = new Guid(++count, 0, 0, new byte[8]);
        return ledger.Apply(e with { Key = key, EventId = key.ToString(), Time = e.Time.AddMinutes(count) });
    }

    private static string Launched(params string[] ids) =>
        "{\"instancesSet\":{\"items\":[" + string.Join(",", ids.Select(id => $"{{\"instanceId\":\"{id}\",\"instanceType\":\"m5.large\"}}")) + "]}}";

    private static string Named(params string[] ids) => "{\"instancesSet\":{\"items\":[" + string.Join(",", ids.Select(id => $"{{\"instanceId\":\"{id}\"}}")) + "]}}";
}
