using static DdocCost.Domain.Normalise.Verbs;

namespace DdocCost.Domain.Normalise.Services;

/// <summary>
/// What a VPC bills by the hour: NAT gateways, public addresses, endpoints, transit gateways, VPNs. Source: EC2 API reference; a
/// CloudTrail record of each call.
/// </summary>
internal static class VpcNetwork
{
    private const string Endpoint = "vpc:interface-endpoint";
    private const string Vpn = "vpc:vpn-connection";
    private const string TransitAttachment = "vpc:transit-gateway-attachment";
    private const string Mirror = "vpc:traffic-mirror-session";
    private const string ClientVpn = "vpc:client-vpn-association";
    private const string TransitGateway = "vpc:transit-gateway";
    private const string ClientVpnEndpoint = "vpc:client-vpn-endpoint";
    private const string VerifiedAccess = "vpc:verified-access-endpoint";
    private const string Ipam = "vpc:ipam";
    private const string FlowLog = "vpc:flow-log";
    private const string EndpointService = "vpc:endpoint-service";
    private const string RouteServer = "vpc:route-server-endpoint";

    public static readonly Service Service = new("ec2",
        Starts("CreateNatGateway", "vpc:nat-gateway", "natGatewayId", part: "natGateway"),
        Stops("DeleteNatGateway", "vpc:nat-gateway", "natGatewayId"),
        Starts("AllocateAddress", "vpc:public-ipv4", (record, changes) =>
            changes.Add(id: record.Response["allocationId"].Or(record.Response["publicIp"]).Text)),
        Stops("ReleaseAddress", "vpc:public-ipv4", (record, changes) =>
            changes.Add(id: record.Request["allocationId"].Or(record.Request["publicIp"]).Text)),
        Starts("CreateVpcEndpoint", Endpoint, CreateEndpoint),
        Changes("ModifyVpcEndpoint", Endpoint, ModifyEndpoint),
        Stops("DeleteVpcEndpoints", Endpoint, (record, changes) => changes.Add(ids: Ids.Of(record.Request["vpcEndpointId"], "vpcEndpointId"))),
        Starts("CreateTransitGatewayVpcAttachment", TransitAttachment, "transitGatewayAttachmentId", part: "transitGatewayVpcAttachment"),
        Stops("DeleteTransitGatewayVpcAttachment", TransitAttachment, "transitGatewayAttachmentId"),
        Starts("CreateVpnConnection", Vpn, "vpnConnectionId", part: "vpnConnection"),
        Stops("DeleteVpnConnection", Vpn, "vpnConnectionId"),
        Starts("AssociateClientVpnTargetNetwork", ClientVpn, "associationId"),
        Stops("DisassociateClientVpnTargetNetwork", ClientVpn, "associationId"),
        Starts("CreateTrafficMirrorSession", Mirror, "trafficMirrorSessionId", part: "trafficMirrorSession"),
        Stops("DeleteTrafficMirrorSession", Mirror, "trafficMirrorSessionId"),
        Starts("CreateTransitGateway", TransitGateway, "transitGatewayId", part: "transitGateway"),
        Stops("DeleteTransitGateway", TransitGateway, "transitGatewayId"),
        Starts("CreateTransitGatewayPeeringAttachment", TransitAttachment, (record, changes) => changes.Add(
            size: "peering", id: record.Response["transitGatewayPeeringAttachment"]["transitGatewayAttachmentId"].Text)),
        Starts("AcceptTransitGatewayPeeringAttachment", TransitAttachment, (record, changes) => changes.Add(
            size: "peering", id: record.Request["transitGatewayAttachmentId"].Text)),
        Stops("DeleteTransitGatewayPeeringAttachment", TransitAttachment, "transitGatewayAttachmentId"),
        Starts("CreateTransitGatewayConnect", TransitAttachment, (record, changes) => changes.Add(
            size: "connect", id: record.Response["transitGatewayConnect"]["transitGatewayAttachmentId"].Text)),
        Stops("DeleteTransitGatewayConnect", TransitAttachment, "transitGatewayAttachmentId"),
        Starts("CreateClientVpnEndpoint", ClientVpnEndpoint, "clientVpnEndpointId"),
        Stops("DeleteClientVpnEndpoint", ClientVpnEndpoint, "clientVpnEndpointId"),
        Starts("CreateVerifiedAccessEndpoint", VerifiedAccess, "verifiedAccessEndpointId", part: "verifiedAccessEndpoint"),
        Stops("DeleteVerifiedAccessEndpoint", VerifiedAccess, "verifiedAccessEndpointId"),
        Starts("CreateIpam", Ipam, id: "ipamId", size: "tier", part: "ipam"),
        Changes("ModifyIpam", Ipam, (record, changes) =>
        {
            if (record.Request["tier"].Text is { } tier)
            {
                changes.Add(size: tier, id: record.Request["ipamId"].Text);
            }
        }),
        Stops("DeleteIpam", Ipam, "ipamId"),
        Starts("CreateFlowLogs", FlowLog, (record, changes) => changes.Add(ids: Ids.Of(record.Response["flowLogIdSet"].Or(record.Response["flowLogIds"])))),
        Stops("DeleteFlowLogs", FlowLog, (record, changes) => changes.Add(ids: Ids.Of(record.Request["flowLogId"].Or(record.Request["flowLogIds"])))),
        Starts("CreateVpcEndpointServiceConfiguration", EndpointService, "serviceId", part: "serviceConfiguration"),
        Stops("DeleteVpcEndpointServiceConfigurations", EndpointService, (record, changes) => changes.Add(
            ids: Ids.Of(record.Request["serviceId"].Or(record.Request["serviceIds"]), "serviceId"))),
        Starts("CreateRouteServerEndpoint", RouteServer, "routeServerEndpointId", part: "routeServerEndpoint"),
        Stops("DeleteRouteServerEndpoint", RouteServer, "routeServerEndpointId"),
        Buys("StartNetworkInsightsAnalysis", "vpc:reachability-analysis", (record, changes) => changes.Add(
            id: record.Response["networkInsightsAnalysis"]["networkInsightsAnalysisId"].Text)));

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

    // Each subnet is paid on its own. The record tells which come and go, not how many there are, so each is a resource of its own.
    private static void ModifyEndpoint(CloudTrailRecord record, ChangeList changes)
    {
        var asked = record.Request;
        Each(asked["addSubnetIds"].Or(asked["addSubnetId"]), ResourceAction.Start);
        Each(asked["removeSubnetIds"].Or(asked["removeSubnetId"]), ResourceAction.Stop);

        void Each(Field subnets, ResourceAction action)
        {
            foreach (var subnet in subnets.Items)
            {
                changes.Add(id: Ids.Within(asked["vpcEndpointId"].Text, subnet.Text), action: action);
            }
        }
    }
}
