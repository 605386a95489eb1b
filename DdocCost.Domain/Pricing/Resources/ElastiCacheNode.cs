namespace DdocCost.Domain.Pricing.Resources;

/// <summary>ElastiCache nodes of Redis OSS, Valkey and Memcached.</summary>
internal static class ElastiCacheNode
{
    public static Bill Price(Bill bill)
    {
        if (bill.Change.Size is not { } size)
            return bill.Unpriced("the record does not tell the node type");
        var engine = bill.Traits.Engine;
        if (engine is null)
            bill.Assume("engine not told, priced as Redis OSS");
        return bill.Add("elasticache", $"{size} {engine ?? "redis"}", bill.Units);
    }
}
