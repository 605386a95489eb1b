namespace DdocCost.Domain.Pricing.Resources;

/// <summary>What is billed by the hour for being there in a VPC; traffic comes on top and is not in CloudTrail.</summary>
internal static class Network
{
    private const string WithoutTraffic = "without traffic";

    public static Bill NatGateway(Bill bill) => bill.Add("vpc", "nat-gateway", bill.Units, "gateway-hour").Remark(WithoutTraffic);

    public static Bill PublicIpv4(Bill bill) => bill.Add("vpc", "public-ipv4 in-use", bill.Units, "address-hour");

    public static Bill Endpoint(Bill bill) => bill.Size switch
    {
        _ when bill.Size.Equals("gateway", StringComparison.OrdinalIgnoreCase) => bill.Remark("gateway endpoints are free"),
        _ when bill.Size.StartsWith("gatewayload", StringComparison.OrdinalIgnoreCase) => bill.Add("vpc", "gwlb-endpoint", bill.Units, "endpoint-zone-hour").Remark(WithoutTraffic),
        _ => bill.Add("vpc", "interface-endpoint (per AZ)", bill.Units, "endpoint-zone-hour").Remark(WithoutTraffic),
    };

    public static Bill TransitGatewayAttachment(Bill bill) =>
        bill.Add("vpc", "transit-gateway-attachment vpc", bill.Units, "attachment-hour").Remark(WithoutTraffic);

    public static Bill VpnConnection(Bill bill) => bill.Add("vpc", "vpn-connection", bill.Units, "connection-hour").Remark(WithoutTraffic);

    public static Bill ClientVpnAssociation(Bill bill) =>
        bill.Add("vpc", "client-vpn-endpoint-association", bill.Units, "association-hour").Remark("without connected clients");
}
