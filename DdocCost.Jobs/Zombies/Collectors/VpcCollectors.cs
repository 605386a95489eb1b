using DdocCost.Domain.Zombies;

namespace DdocCost.Jobs.Zombies.Collectors;

/// <summary>VPC: addresses, gateways, endpoints and ways to other networks.</summary>
internal static class VpcCollectors
{
    public static readonly IReadOnlyList<Collector> All =
    [
        Collector.Of(Kinds.Address, "ec2:DescribeAddresses", "addressesSet", Address),
        Collector.Of(Kinds.NetworkInterface, "ec2:DescribeNetworkInterfaces", "networkInterfaceSet", (aws, x) => aws.Make(x.Text("networkInterfaceId"), x.Tags("tagSet")) is not { } made ? null
            : (made with { State = x.Text("status") }).With("managed", x.Flag("requesterManaged")), ("MaxResults", 500)),
        Collector.Of(Kinds.RouteTable, "ec2:DescribeRouteTables", "routeTableSet", (aws, x) => aws.Make(x.Text("routeTableId"))?
            .Linking("gateways", x.Items("routeSet").Select(route => route.Text("natGatewayId")))),
        Collector.Of(Kinds.NatGateway, "ec2:DescribeNatGateways", "natGatewaySet", NatGateway),
        Collector.Of(Kinds.Endpoint, "ec2:DescribeVpcEndpoints", "vpcEndpointSet", Endpoint),
        Collector.Of(Kinds.VpnConnection, "ec2:DescribeVpnConnections", "vpnConnectionSet", (aws, x) => aws.Make(x.Text("vpnConnectionId"), x.Tags("tagSet")) is not { } made || x.Text("state") == "deleted" ? null
            : made with { State = x.Text("state"), Name = x.Tags("tagSet").GetValueOrDefault("Name") }),
        Collector.Of(Kinds.TransitAttachment, "ec2:DescribeTransitGatewayAttachments", "transitGatewayAttachments", (aws, x) => aws.Make(x.Text("transitGatewayAttachmentId"), x.Tags("tagSet")) is not { } made ? null
            : (made with { State = x.Text("state"), Created = x.Time("creationTime"), Size = x.Text("resourceType") })
                .With("gateway", x.Text("transitGatewayId")).With("type", x.Text("resourceType")).With("own", x.Text("resourceOwnerId") == aws.AccountId ? true : null)),
        new(Kinds.ClientVpn, ClientVpns),
    ];

    private static Resource? Address(RegionReader aws, Wire x)
    {
        var tags = x.Tags("tagSet");
        var pool = x.Text("publicIpv4Pool");
        return aws.Make(x.Text("allocationId") ?? x.Text("publicIp"), tags) is not { } made ? null : (made with
        {
            Name = tags.GetValueOrDefault("Name") ?? x.Text("publicIp"),
            State = (x.Text("associationId") ?? x.Text("instanceId") ?? x.Text("networkInterfaceId")) is null ? "unassociated" : "associated",
        })
            .With("address", x.Text("publicIp"))
            .With("association", x.Text("associationId"))
            .With("ownPool", pool is not null && pool != "amazon" ? true : null)
            .With("managed", x["serviceManaged"].Value is { } by && by != "false" ? true : null)
            .Linking("instances", x.Text("instanceId"))
            .Linking("interfaces", x.Text("networkInterfaceId"));
    }

    private static Resource? NatGateway(RegionReader aws, Wire x)
    {
        var tags = x.Tags("tagSet");
        return aws.Make(x.Text("natGatewayId"), tags) is not { } made || x.Text("state") is "deleted" or "failed" ? null : (made with
        {
            Name = tags.GetValueOrDefault("Name"),
            State = x.Text("state"),
            Created = x.Time("createTime"),
        })
            .With("vpc", x.Text("vpcId"))
            .With("subnet", x.Text("subnetId"))
            .With("regional", x.Text("availabilityMode") == "regional" ? true : null);
    }

    private static Resource? Endpoint(RegionReader aws, Wire x)
    {
        var tags = x.Tags("tagSet");
        return aws.Make(x.Text("vpcEndpointId"), tags) is not { } made ? null : (made with
        {
            Name = tags.GetValueOrDefault("Name"),
            State = x.Text("state"),
            Created = x.Time("creationTimestamp"),
            Size = x.Text("vpcEndpointType"),
            Quantity = Math.Max(1, x.Items("subnetIdSet").Count()),
        })
            .With("type", x.Text("vpcEndpointType") ?? "Gateway")
            .With("service", x.Text("serviceName"))
            .With("vpc", x.Text("vpcId"))
            .With("managed", x.Flag("requesterManaged"));
    }

    private static async IAsyncEnumerable<Resource?> ClientVpns(RegionReader aws)
    {
        await foreach (var x in aws.Items("ec2:DescribeClientVpnEndpoints", "clientVpnEndpoint"))
        {
            if (aws.Make(x.Text("clientVpnEndpointId"), x.Tags("tagSet")) is not { } made)
                continue;
            var associations = new List<string?>();
            await foreach (var network in aws.Items("ec2:DescribeClientVpnTargetNetworks", "clientVpnTargetNetworks", ("ClientVpnEndpointId", made.Id)))
                associations.Add(network.Text("associationId"));
            yield return (made with { State = x["status"].Text("code"), Created = x.Time("creationTime"), Name = x.Text("description") })
                .With("association", associations.OfType<string>().FirstOrDefault())
                .Linking("associations", associations);
        }
    }
}
