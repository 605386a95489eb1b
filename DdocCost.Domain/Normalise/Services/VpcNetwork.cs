using static DdocCost.Domain.Normalise.Services.Verbs;

namespace DdocCost.Domain.Normalise.Services;

/// <summary>What a VPC bills by the hour: NAT gateways, public addresses, endpoints, transit gateways, VPNs. Source: EC2 API reference; a CloudTrail record of each call.</summary>
internal static class VpcNetwork
{
    private const string Endpoint = "vpc:interface-endpoint";
    private const string Vpn = "vpc:vpn-connection";
    private const string TransitAttachment = "vpc:transit-gateway-attachment";
    private const string ClientVpn = "vpc:client-vpn-association";

    public static readonly Service Service = new("ec2",
        Starts("CreateNatGateway", "vpc:nat-gateway", (record, changes) => changes.Add(id: record.Response["natGateway"]["natGatewayId"].Text)),
        Stops("DeleteNatGateway", "vpc:nat-gateway", "natGatewayId"),
        Starts("AllocateAddress", "vpc:public-ipv4", (record, changes) =>
            changes.Add(id: record.Response["allocationId"].Or(record.Response["publicIp"]).Text)),
        Stops("ReleaseAddress", "vpc:public-ipv4", (record, changes) =>
            changes.Add(id: record.Request["allocationId"].Or(record.Request["publicIp"]).Text)),
        Starts("CreateVpcEndpoint", Endpoint, CreateEndpoint),
        Changes("ModifyVpcEndpoint", Endpoint, ModifyEndpoint),
        Stops("DeleteVpcEndpoints", Endpoint, (record, changes) => changes.Add(ids: Ids.Of(record.Request["vpcEndpointId"], "vpcEndpointId"))),
        Starts("CreateTransitGatewayVpcAttachment", TransitAttachment, (record, changes) =>
            changes.Add(id: record.Response["transitGatewayVpcAttachment"]["transitGatewayAttachmentId"].Text)),
        Stops("DeleteTransitGatewayVpcAttachment", TransitAttachment, "transitGatewayAttachmentId"),
        Starts("CreateVpnConnection", Vpn, (record, changes) => changes.Add(id: record.Response["vpnConnection"]["vpnConnectionId"].Text)),
        Stops("DeleteVpnConnection", Vpn, "vpnConnectionId"),
        Starts("AssociateClientVpnTargetNetwork", ClientVpn, (record, changes) => changes.Add(id: record.Response["associationId"].Text)),
        Stops("DisassociateClientVpnTargetNetwork", ClientVpn, "associationId"));

    // Gateway endpoints (S3, DynamoDB) are free, and so is the default type.
    private static void CreateEndpoint(CloudTrailRecord record, ChangeList changes)
    {
        var made = record.Made("vpcEndpoint");
        var type = made["vpcEndpointType"].Text ?? "Gateway";
        if (!type.Equals("Gateway", StringComparison.OrdinalIgnoreCase) || !(record.Request.IsObject || record.Response.IsObject))
        {
            changes.Add(
                size: type, id: made["vpcEndpointId"].Text,
                quantity: Math.Max(1, made["subnetIdSet"].Or(made["subnetId"]).Items.Count));
        }
    }

    // Only subnets have a price; the record tells which come and go, not how many there are.
    private static void ModifyEndpoint(CloudTrailRecord record, ChangeList changes)
    {
        var asked = record.Request;
        var added = asked["addSubnetIds"].Or(asked["addSubnetId"]).Items.Count;
        var removed = asked["removeSubnetIds"].Or(asked["removeSubnetId"]).Items.Count;
        if (added + removed > 0)
        {
            changes.Add(
                id: asked["vpcEndpointId"].Text, quantity: Math.Max(1, added - removed),
                note: $"{added} subnets added, {removed} removed; the record does not tell how many there are");
        }
    }
}
