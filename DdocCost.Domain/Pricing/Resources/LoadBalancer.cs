namespace DdocCost.Domain.Pricing.Resources;

/// <summary>Elastic load balancers, by the hour; capacity units come with traffic and are not in CloudTrail.</summary>
internal static class LoadBalancer
{
    public static Bill Price(Bill bill)
    {
        var product = bill.Change.Size switch
        {
            "application" => "alb",
            "network" => "nlb",
            "gateway" => "gwlb",
            "classic" => "clb",
            _ => null,
        };
        if (product is null)
            bill.Assume("kind of load balancer not told, application assumed");
        return bill.Add("elb", product ?? "alb", bill.Units, "load-balancer-hour").Remark("without capacity units");
    }
}
