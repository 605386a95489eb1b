namespace DdocCost.Domain.Pricing.Resources;

/// <summary>Capacity units that a load balancer is promised, used or not.</summary>
internal static class ReservedLoadBalancerCapacity
{
    public static Bill Price(Bill bill) => bill
        .Add("elb", bill.Size == "network" ? "nlb lcu" : "alb lcu", bill.Units)
        .Assume("priced as capacity units in use", PriceConfidence.Low);
}
