namespace DdocCost.Domain.Pricing.Offers;

/// <summary>The offer of Elastic Load Balancing: hours of each type.</summary>
internal static class LoadBalancerOffers
{
    public static PriceKey? Map(OfferProduct product) => !product.IsUsed("LoadBalancerUsage") ? null : product.Family switch
    {
        "Load Balancer-Application" => new("elb", "alb", "hour"),
        "Load Balancer-Network" => new("elb", "nlb", "hour"),
        "Load Balancer-Gateway" => new("elb", "gwlb", "hour"),
        "Load Balancer" => new("elb", "clb", "hour"),
        _ => null,
    };
}
