namespace DdocCost.Domain.Pricing.Resources;

/// <summary>Caches of API Gateway stages, by size in GB.</summary>
internal static class ApiCache
{
    public static Bill Price(Bill bill)
    {
        if (bill.Change.Size is null)
            bill.Assume("size not told, the smallest assumed", PriceConfidence.Low);
        return bill.Add("apigateway", $"cache {bill.Change.Size ?? "0.5"} GB", bill.Units, "cache-hour");
    }
}
