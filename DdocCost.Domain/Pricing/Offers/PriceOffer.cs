namespace DdocCost.Domain.Pricing.Offers;

/// <summary>An offer of the AWS Price List that refreshes the price book; what no offer here maps stays as embedded.</summary>
/// <param name="Code">offerCode, such as <c>AmazonEC2</c>.</param>
/// <param name="Covers">What it refreshes, for a person.</param>
/// <param name="Services">Services of the price book whose instances and nodes it lists in full: a file that lacks most of them is broken.</param>
/// <param name="Map">Which price of the book a product is, or null.</param>
public sealed record PriceOffer(string Code, string Covers, IReadOnlyList<string> Services, Func<OfferProduct, PriceKey?> Map)
{
    /// <summary>The offers that are read.</summary>
    public static IReadOnlyList<PriceOffer> All { get; } =
    [
        new("AmazonEC2", "EC2 (Linux, Windows, RHEL, SUSE; shared and dedicated), Dedicated Hosts, EBS, NAT gateways", ["ec2"], Ec2Offers.Map),
        new("AmazonVPC", "public IPv4, VPC endpoints, transit gateways, VPN", [], VpcOffers.Map),
        new("AWSELB", "load balancers", [], LoadBalancerOffers.Map),
        new("AmazonRDS", "RDS and Aurora instances, storage and I/O", ["rds"], RdsOffers.Map),
        new("AmazonElastiCache", "ElastiCache nodes", ["elasticache"], ElastiCacheOffers.Map),
    ];
}
