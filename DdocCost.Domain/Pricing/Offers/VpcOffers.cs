namespace DdocCost.Domain.Pricing.Offers;

/// <summary>VPC's offer: public addresses, endpoints, transit gateways, VPN connections.</summary>
internal static class VpcOffers
{
    public static PriceKey? Map(OfferProduct product) =>
        product.IsUsed("PublicIPv4:InUseAddress") ? Hourly("public-ipv4 in-use")
        : product.IsUsed("PublicIPv4:IdleAddress") ? Hourly("public-ipv4 idle (eip idle)")
        : product.IsUsed("VpcEndpoint-Hours") ? Hourly("interface-endpoint (per AZ)")
        : product.IsUsed("VpcEndpoint-GWLBE-Hours") ? Hourly("gwlb-endpoint")
        : product.IsUsed("VPN-Usage-Hours:ipsec.1") ? Hourly("vpn-connection")
        : product.IsUsed("TransitGateway-Hours") ? Attachment(product["operation"])
        : null;

    private static PriceKey? Attachment(string operation) => operation switch
    {
        "TransitGatewayVPC" => Hourly("transit-gateway-attachment vpc"),
        "TransitGatewayVPN" => Hourly("transit-gateway-attachment vpn"),
        "TransitGatewayDirectConnect" => Hourly("transit-gateway-attachment dx"),
        "TransitGatewayPeering" => Hourly("transit-gateway-attachment peering"),
        _ => null,
    };

    private static PriceKey Hourly(string product) => new("vpc", product, "hour");
}
