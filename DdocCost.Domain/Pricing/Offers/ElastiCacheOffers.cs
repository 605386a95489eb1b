namespace DdocCost.Domain.Pricing.Offers;

/// <summary>ElastiCache's offer: nodes by engine.</summary>
internal static class ElastiCacheOffers
{
    public static PriceKey? Map(OfferProduct product)
    {
        var (type, engine) = (product["instanceType"], product["cacheEngine"].ToLowerInvariant());
        return product.Family == "Cache Instance" && engine is "redis" or "memcached" or "valkey" && product.IsUsed($"NodeUsage:{type}")
            ? new PriceKey("elasticache", $"{type} {engine}", "node-hour") : null;
    }
}
