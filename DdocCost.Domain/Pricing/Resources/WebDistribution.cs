namespace DdocCost.Domain.Pricing.Resources;

/// <summary>CloudFront distributions: a dedicated address by the month, the rest by traffic.</summary>
internal static class WebDistribution
{
    public static Bill Price(Bill bill) => bill.Size == "dedicated-ip"
        ? bill.Add("cloudfront", "dedicated-ip custom ssl", bill.Units).Remark("without traffic and requests")
        : bill.Unpriced("billed by use: traffic and requests");
}
