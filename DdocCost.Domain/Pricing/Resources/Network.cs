namespace DdocCost.Domain.Pricing.Resources;

/// <summary>What is billed by the hour for being there in a VPC; traffic comes on top and is not in CloudTrail.</summary>
internal static class Network
{
    public static Bill NatGateway(Bill bill) => bill.Add("vpc", "nat-gateway", bill.Units, "gateway-hour").Remark("without traffic");

    public static Bill PublicIpv4(Bill bill) => bill.Add("vpc", "public-ipv4 in-use", bill.Units, "address-hour");

    public static Bill InterfaceEndpoint(Bill bill) => bill.Add("vpc", "interface-endpoint (per AZ)", bill.Units, "endpoint-zone-hour").Remark("without traffic");
}
