using DdocCost.Domain.Normalise;
using Xunit;
using static DdocCost.Tests.Normalise.Records;

namespace DdocCost.Tests.Normalise.Services;

public sealed class StorageAndNetworkTests
{
    [Fact]
    public void Reads_a_volume_whose_figures_are_text()
    {
        var change = Change(
            "ec2", "CreateVolume", """{"size":"16384","zone":"eu-west-1a","volumeType":"io2","iops":64000}""",
            """{"volumeId":"vol-1","size":"16384","volumeType":"io2","iops":64000,"status":"creating"}""");
        Assert.Equal((ResourceAction.Start, "ec2:volume", "io2"), (change.Action, change.ResourceType, change.Size));
        Assert.Equal(new ResourceTraits { StorageGib = 16384, Iops = 64000 }, change.Traits);
        Assert.Equal(["vol-1"], change.ResourceIds);
    }

    [Fact]
    public void Takes_the_size_of_a_volume_from_the_answer_where_a_snapshot_set_it() =>
        Assert.Equal(100, Change("ec2", "CreateVolume", """{"snapshotId":"snap-1","zone":"eu-west-1a"}""", """{"volumeId":"vol-1","size":"100","volumeType":"standard"}""").Traits.StorageGib);

    [Fact]
    public void Reads_what_a_volume_becomes()
    {
        var change = Change(
            "ec2", "ModifyVolume", """{"ModifyVolumeRequest":{"VolumeId":"vol-1","Size":500}}""",
            """{"ModifyVolumeResponse":{"volumeModification":{"volumeId":"vol-1","targetSize":500,"targetVolumeType":"gp3","targetIops":3000,"targetThroughput":125,"originalVolumeType":"gp2","originalSize":100}}}""");
        Assert.Equal((ResourceAction.Change, "gp3", "gp2"), (change.Action, change.Size, change.PreviousSize));
        Assert.Equal(new ResourceTraits { StorageGib = 500, Iops = 3000, ThroughputMibps = 125 }, change.Traits);
    }

    [Theory]
    [InlineData("DeleteVolume", """{"volumeId":"vol-1"}""", "ec2:volume", "vol-1")]
    [InlineData("DeleteSnapshot", """{"snapshotId":"snap-1"}""", "ec2:snapshot", "snap-1")]
    [InlineData("DeregisterImage", """{"imageId":"ami-1"}""", "ec2:image", "ami-1")]
    [InlineData("DeleteNatGateway", """{"DeleteNatGatewayRequest":{"NatGatewayId":"nat-1"}}""", "vpc:nat-gateway", "nat-1")]
    [InlineData("ReleaseAddress", """{"allocationId":"eipalloc-1"}""", "vpc:public-ipv4", "eipalloc-1")]
    [InlineData("ReleaseAddress", """{"publicIp":"198.51.100.9"}""", "vpc:public-ipv4", "198.51.100.9")]
    [InlineData("DeleteVpcEndpoints", """{"DeleteVpcEndpointsRequest":{"VpcEndpointId":{"tag":1,"content":"vpce-1"}}}""", "vpc:interface-endpoint", "vpce-1")]
    [InlineData("DeleteTransitGatewayVpcAttachment", """{"DelTGwVpcAttachReq":{"TransitGatewayAttachmentId":"tgw-attach-1"}}""", "vpc:transit-gateway-attachment", "tgw-attach-1")]
    [InlineData("DeleteVpnConnection", """{"vpnConnectionId":"vpn-1"}""", "vpc:vpn-connection", "vpn-1")]
    public void Ends_what_its_id_names(string name, string request, string type, string id)
    {
        var change = Change("ec2", name, request);
        Assert.Equal((ResourceAction.Stop, type), (change.Action, change.ResourceType));
        Assert.Equal([id], change.ResourceIds);
    }

    [Theory]
    [InlineData("CreateNatGateway", """{"CreateNatGatewayResponse":{"natGateway":{"natGatewayId":"nat-1","state":"pending"}}}""", "vpc:nat-gateway", "nat-1")]
    [InlineData("AllocateAddress", """{"publicIp":"198.51.100.9","domain":"vpc","allocationId":"eipalloc-1"}""", "vpc:public-ipv4", "eipalloc-1")]
    [InlineData("CreateSnapshot", """{"snapshotId":"snap-1","volumeId":"vol-1","volumeSize":"8"}""", "ec2:snapshot", "snap-1")]
    [InlineData("CopySnapshot", """{"snapshotId":"snap-1"}""", "ec2:snapshot", "snap-1")]
    [InlineData("CreateVpnConnection", """{"vpnConnection":{"vpnConnectionId":"vpn-1"}}""", "vpc:vpn-connection", "vpn-1")]
    public void Starts_what_the_answer_names(string name, string response, string type, string id)
    {
        var change = Change("ec2", name, "{}", response);
        Assert.Equal((ResourceAction.Start, type), (change.Action, change.ResourceType));
        Assert.Equal([id], change.ResourceIds);
    }

    [Fact]
    public void Counts_an_interface_endpoint_once_for_each_subnet()
    {
        var change = Change(
            "ec2", "CreateVpcEndpoint",
            """{"CreateVpcEndpointRequest":{"VpcEndpointType":"Interface","ServiceName":"com.amazonaws.eu-west-1.sqs","SubnetId":[{"tag":1,"content":"subnet-1"},{"tag":2,"content":"subnet-2"}]}}""",
            """{"CreateVpcEndpointResponse":{"vpcEndpoint":{"vpcEndpointId":"vpce-1","vpcEndpointType":"Interface","subnetIdSet":{"item":["subnet-1","subnet-2"]}}}}""");
        Assert.Equal(("vpc:interface-endpoint", 2m), (change.ResourceType, change.Quantity));
        Assert.Equal(["vpce-1"], change.ResourceIds);
    }

    [Fact]
    public void Takes_each_subnet_that_comes_or_goes_for_a_resource_of_its_own()
    {
        var changes = Understand("ec2", "ModifyVpcEndpoint", """{"ModifyVpcEndpointRequest":{"VpcEndpointId":"vpce-1","AddSubnetId":{"content":"subnet-3"},"RemoveSubnetId":{"content":"subnet-1"}}}""").Changes;
        Assert.Equal([(ResourceAction.Start, "vpce-1/subnet-3"), (ResourceAction.Stop, "vpce-1/subnet-1")], changes.Select(change => (change.Action, change.ResourceIds[0])));
    }

    [Fact]
    public void Counts_fast_snapshot_restore_for_each_snapshot_in_each_zone() =>
        Assert.Equal(4, Change("ec2", "EnableFastSnapshotRestores", """{"EnableFastSnapshotRestoresRequest":{"AvailabilityZone":["a","b"],"SourceSnapshotId":["snap-1","snap-2"]}}""").Quantity);

    [Theory]
    [InlineData("""{"name":"web","type":"network"}""", """{"loadBalancers":[{"type":"network","loadBalancerArn":"arn:lb"}]}""", "network", "arn:lb")]
    [InlineData("""{"name":"web","scheme":"internal"}""", """{"loadBalancers":[{"loadBalancerArn":"arn:lb"}]}""", "application", "arn:lb")]
    [InlineData("""{"loadBalancerName":"web","listeners":[]}""", """{"dNSName":"web.example"}""", "classic", "web")]
    public void Tells_load_balancers_of_both_generations_apart(string request, string response, string size, string id)
    {
        var change = Change("elasticloadbalancing", "CreateLoadBalancer", request, response);
        Assert.Equal((size, "elb:load-balancer"), (change.Size, change.ResourceType));
        Assert.Equal([id], change.ResourceIds);
    }

    [Theory]
    [InlineData("""{"loadBalancerArn":"arn:lb"}""", "arn:lb")]
    [InlineData("""{"loadBalancerName":"web"}""", "web")]
    public void Ends_a_load_balancer_of_either_generation(string request, string id) =>
        Assert.Equal([id], Change("elasticloadbalancing", "DeleteLoadBalancer", request).ResourceIds);
}
