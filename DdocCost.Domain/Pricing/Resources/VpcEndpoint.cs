namespace DdocCost.Domain.Pricing.Resources;

/// <summary>VPC endpoints, for each zone they are in; traffic comes on top and is not in CloudTrail.</summary>
internal static class VpcEndpoint
{
    public static Bill Price(Bill bill) => bill.Size.ToLowerInvariant() switch
    {
        "gateway" => bill.Remark("gateway endpoints are free"),
        "gatewayloadbalancer" => Flat.Of("vpc", "gwlb-endpoint", "endpoint-zone-hour", "traffic")(bill),
        _ => Flat.Of("vpc", "interface-endpoint (per AZ)", "endpoint-zone-hour", "traffic")(bill),
    };
}
