namespace DdocCost.Domain.Pricing.Resources;

/// <summary>ElastiCache Serverless: the data and processing units it is billed for at least.</summary>
/// <remarks>Source of the minimums: "Amazon ElastiCache pricing": 1 GB, 100 MB for Valkey.</remarks>
internal static class ServerlessCache
{
    private const decimal LeastGib = 1, LeastGibOfValkey = 0.1m, SecondsAnHour = 3600;

    public static Bill Price(Bill bill)
    {
        var engine = bill.Traits.Engine ?? "redis";
        if (bill.Traits.Engine is null)
            bill.Assume("engine not told, priced as Redis OSS");
        var gib = bill.Traits.StorageGib ?? (engine == "valkey" ? LeastGibOfValkey : LeastGib);
        bill.Add("elasticache", $"serverless {engine} storage", gib * bill.Units).Assume("at least: data and requests come on top", PriceConfidence.Low);
        if (bill.Traits.Iops is not { } units || bill.Book.Find("elasticache", $"serverless {engine} ecpu", bill.Region) is not { } price)
            return bill;
        return bill.Add(price with { Unit = "ecpu-an-hour" }, units * SecondsAnHour * bill.Units);
    }
}
