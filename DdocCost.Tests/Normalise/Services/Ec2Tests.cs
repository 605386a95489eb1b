using DdocCost.Domain.Normalise;
using Xunit;
using static DdocCost.Tests.Normalise.Records;

namespace DdocCost.Tests.Normalise.Services;

public sealed class Ec2Tests
{
    [Fact]
    public void Counts_the_instances_that_were_launched_not_those_asked_for()
    {
        var change = Change(
            "ec2", "RunInstances",
            """
            {"instancesSet":{"items":[{"imageId":"ami-1","minCount":1,"maxCount":10}]},"instanceType":"m5.large","blockDeviceMapping":{"items":[
             {"deviceName":"/dev/xvda","ebs":{"volumeSize":8,"volumeType":"gp3"}},{"deviceName":"/dev/sdb","ebs":{"volumeSize":"92"}},{"deviceName":"/dev/sdc","noDevice":{}}]}}
            """,
            """
            {"reservationId":"r-1","groupSet":{},"instancesSet":{"items":[
             {"instanceId":"i-0a1","instanceType":"m5.large","placement":{"availabilityZone":"eu-west-1a","tenancy":"default"}},
             {"instanceId":"i-0a2","instanceType":"m5.large","placement":{"availabilityZone":"eu-west-1a","tenancy":"default"}}]}}
            """);
        Assert.Equal((ResourceAction.Start, "ec2:instance", "m5.large", 2m), (change.Action, change.ResourceType, change.Size, change.Quantity));
        Assert.Equal(["i-0a1", "i-0a2"], change.ResourceIds);
        Assert.Equal(new ResourceTraits { Tenancy = "default", StorageGib = 100, StorageType = "gp3" }, change.Traits);
    }

    [Fact]
    public void Keeps_instances_of_different_price_apart()
    {
        var changes = Understand(
            "ec2", "RunInstances", "{}",
            """
            {"instancesSet":{"items":[{"instanceId":"i-1","instanceType":"m5.large"},{"instanceId":"i-2","instanceType":"m5.large","platform":"windows"},
             {"instanceId":"i-3","instanceType":"c5.large","instanceLifecycle":"spot","placement":{"tenancy":"dedicated"}},{"instanceId":"i-4","instanceType":"m5.large"}]}}
            """).Changes;
        Assert.Equal([2m, 1m, 1m], changes.Select(change => change.Quantity));
        Assert.Equal("windows", changes[1].Traits.OperatingSystem);
        Assert.True(changes[2].Traits is { Spot: true, Tenancy: "dedicated" });
    }

    [Fact]
    public void Takes_what_was_asked_where_no_launch_is_recorded()
    {
        var change = Change("ec2", "RunInstances", """{"instanceType":"p4d.24xlarge","instancesSet":{"items":[{"minCount":"1","maxCount":"4"}]},"instanceMarketOptions":{"marketType":"spot"}}""");
        Assert.Equal(("p4d.24xlarge", 4m, true), (change.Size, change.Quantity, change.Traits.Spot));
        Assert.Empty(change.ResourceIds);
        Assert.Contains("as asked", change.Note, StringComparison.Ordinal);
    }

    [Fact]
    public void Refers_to_the_launch_template_where_the_record_has_no_size()
    {
        var change = Change("ec2", "RunInstances", """{"launchTemplate":{"launchTemplateId":"lt-1","version":"4"},"instancesSet":{"items":[{"minCount":1,"maxCount":1}]}}""");
        Assert.Equal((null, "ec2:launch-template/lt-1:4"), (change.Size, change.Definition));
    }

    [Fact]
    public void Defines_a_launch_template_by_id_and_by_name()
    {
        var e = Understand(
            "ec2", "CreateLaunchTemplate",
            """{"CreateLaunchTemplateRequest":{"LaunchTemplateName":"web","LaunchTemplateData":{"InstanceType":"m5.large","InstanceMarketOptions":{"MarketType":"spot"}}}}""",
            """{"CreateLaunchTemplateResponse":{"launchTemplate":{"launchTemplateId":"lt-1","launchTemplateName":"web"}}}""");
        Assert.Equal(ResourceAction.Define, e.Action);
        Assert.Equal(["ec2:launch-template/lt-1", "ec2:launch-template/lt-1:1", "ec2:launch-template/web", "ec2:launch-template/web:1"], e.Changes.Select(change => change.Definition));
        Assert.All(e.Changes, change => Assert.True(change is { Size: "m5.large", Traits.Spot: true }));
    }

    [Theory]
    [InlineData("aws:autoscaling:groupName", "web", "autoscaling:web")]
    [InlineData("karpenter.sh/nodepool", "general", "karpenter:general")]
    [InlineData("aws:elasticmapreduce:job-flow-id", "j-1", "emr:j-1")]
    public void Tells_who_owns_an_instance(string key, string value, string owner)
    {
        var change = Change("ec2", "RunInstances", "{}", $$$"""{"instancesSet":{"items":[{"instanceId":"i-1","instanceType":"m5.large","tagSet":{"items":[{"key":"{{{key}}}","value":"{{{value}}}"}]}}]}}""");
        Assert.Equal(owner, change.Owner);
    }

    [Fact]
    public void Tells_the_node_group_of_a_node_from_the_tags_asked_for()
    {
        var change = Change(
            "ec2", "RunInstances",
            """
            {"tagSpecificationSet":{"items":[{"resourceType":"volume","tags":[]},{"resourceType":"instance","tags":[{"key":"aws:autoscaling:groupName","value":"eks-x"},
             {"key":"eks:cluster-name","value":"main"},{"key":"eks:nodegroup-name","value":"default"}]}]}}
            """,
            """{"instancesSet":{"items":[{"instanceId":"i-1","instanceType":"m5.large"}]}}""");
        Assert.Equal("eks:main/default", change.Owner);
    }

    [Fact]
    public void Starts_only_what_was_stopped()
    {
        const string answer =
            """
            {"instancesSet":{"items":[{"instanceId":"i-1","currentState":{"name":"pending"},"previousState":{"name":"stopped"}},
             {"instanceId":"i-2","currentState":{"name":"running"},"previousState":{"name":"running"}}]}}
            """;
        const string asked = """{"instancesSet":{"items":[{"instanceId":"i-1"},{"instanceId":"i-2"}]}}""";
        Assert.Equal(["i-1"], Change("ec2", "StartInstances", asked, answer).ResourceIds);
        Assert.Equal(["i-1", "i-2"], Change("ec2", "StartInstances", asked).ResourceIds);
        Assert.Equal(["i-1", "i-2"], Change("ec2", "StopInstances", asked, answer).ResourceIds);
    }

    [Theory]
    [InlineData("StopInstances")]
    [InlineData("TerminateInstances")]
    public void Ends_instances(string name)
    {
        var change = Change("ec2", name, """{"instancesSet":{"items":[{"instanceId":"i-1"},{"instanceId":"i-2"}]}}""");
        Assert.Equal((ResourceAction.Stop, 2m), (change.Action, change.Quantity));
        Assert.Equal(["i-1", "i-2"], change.ResourceIds);
    }

    [Theory]
    [InlineData("""{"instanceId":"i-1","instanceType":{"value":"m5.24xlarge"}}""")]
    [InlineData("""{"instanceId":"i-1","instanceType":"m5.24xlarge"}""")]
    [InlineData("""{"instanceId":"i-1","attribute":"instanceType","value":"m5.24xlarge"}""")]
    public void Resizes_an_instance(string request)
    {
        var change = Change("ec2", "ModifyInstanceAttribute", request, """{"_return":true}""");
        Assert.Equal((ResourceAction.Change, "m5.24xlarge"), (change.Action, change.Size));
        Assert.Equal(["i-1"], change.ResourceIds);
    }

    [Fact]
    public void Reads_the_instances_of_an_instant_fleet()
    {
        var change = Change(
            "ec2", "CreateFleet", """{"CreateFleetRequest":{"Type":"instant","TargetCapacitySpecification":{"TotalTargetCapacity":3}}}""",
            """{"CreateFleetResponse":{"fleetId":"fleet-1","fleetInstanceSet":{"item":{"instanceType":"c5.xlarge","lifecycle":"spot","instanceIds":{"item":["i-1","i-2"]}}}}}""");
        Assert.Equal(("ec2:instance", "c5.xlarge", 2m, true), (change.ResourceType, change.Size, change.Quantity, change.Traits.Spot));
        Assert.Equal(["i-1", "i-2"], change.ResourceIds);
    }

    [Fact]
    public void Counts_nothing_for_an_instant_fleet_that_launched_nothing() =>
        Assert.IsType<NormaliseResult.Free>(Read(Json(
            "ec2", "CreateFleet", """{"CreateFleetRequest":{"Type":"instant","TargetCapacitySpecification":{"TotalTargetCapacity":3}}}""",
            """{"CreateFleetResponse":{"fleetId":"fleet-1","errorSet":{"item":{"errorCode":"InsufficientInstanceCapacity"}}}}""")));

    [Fact]
    public void Takes_a_maintained_fleet_for_an_owner_whose_instances_follow()
    {
        var change = Change(
            "ec2", "CreateFleet",
            """{"CreateFleetRequest":{"Type":"maintain","TargetCapacitySpecification":{"TotalTargetCapacity":3},"LaunchTemplateConfigs":{"LaunchTemplateSpecification":{"LaunchTemplateId":"lt-1"}}}}""",
            """{"CreateFleetResponse":{"fleetId":"fleet-1"}}""");
        Assert.Equal(("ec2:fleet", 3m, "ec2:launch-template/lt-1"), (change.ResourceType, change.Quantity, change.Definition));
    }

    [Fact]
    public void Reads_a_spot_request()
    {
        var change = Change(
            "ec2", "RequestSpotInstances", """{"spotPrice":"0.1","instanceCount":5,"launchSpecification":{"instanceType":"g5.xlarge"}}""",
            """{"spotInstanceRequestSet":{"items":[{"spotInstanceRequestId":"sir-1","launchSpecification":{"instanceType":"g5.xlarge"}}]}}""");
        Assert.Equal(("ec2:spot-request", "g5.xlarge", 1m), (change.ResourceType, change.Size, change.Quantity));
        Assert.Equal(["sir-1"], change.ResourceIds);
    }

    [Fact]
    public void Reads_dedicated_hosts_and_purchases()
    {
        var hosts = Change("ec2", "AllocateHosts", """{"instanceType":"m5.large","quantity":2,"availabilityZone":"eu-west-1a"}""", """{"hostIdSet":{"items":["h-1","h-2"]}}""");
        Assert.Equal(("ec2:host", 2m), (hosts.ResourceType, hosts.Quantity));
        var bought = Change("ec2", "PurchaseReservedInstancesOffering", """{"reservedInstancesOfferingId":"o-1","instanceCount":3}""", """{"reservedInstancesId":"ri-1"}""");
        Assert.Equal((ResourceAction.OneTime, 3m, "ec2:reserved-instances-offering/o-1"), (bought.Action, bought.Quantity, bought.Definition));
    }
}
