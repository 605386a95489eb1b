namespace DdocCost.Domain.Pricing.Offers;

/// <summary>RDS's offer: instances by engine, edition and licence, Aurora, allocated storage and I/O.</summary>
internal static class RdsOffers
{
    public static PriceKey? Map(OfferProduct product) => product.Family switch
    {
        "Database Instance" => Instance(product),
        "Serverless" when product.IsUsed("Aurora:ServerlessV2Usage") => new("aurora", "serverless-v2 acu standard", "acu-hour"),
        "Serverless" when product.IsUsed("Aurora:ServerlessV2IOOptimizedUsage") => new("aurora", "serverless-v2 acu io-optimized", "acu-hour"),
        "Database Storage" or "Provisioned IOPS" => Storage(product),
        _ => null,
    };

    private static PriceKey? Instance(OfferProduct product)
    {
        if (product["instanceType"] is not { Length: > 0 } type)
            return null;
        var engine = product["databaseEngine"];
        if (engine is "Aurora PostgreSQL" or "Aurora MySQL")
        {
            return product.IsUsed($"InstanceUsage:{type}") ? new("aurora", $"{type} standard", "hour")
                : product.IsUsed($"InstanceUsageIOOptimized:{type}") ? new("aurora", $"{type} io-optimized", "hour") : null;
        }

        string? copies = product["deploymentOption"] switch { "Single-AZ" => "single-az", "Multi-AZ" or "Multi-AZ (SQL Server Mirror)" => "multi-az", _ => null };
        return copies is not null && Engine(engine, product["databaseEdition"], product["licenseModel"]) is { } sold ? new("rds", $"{type} {sold} {copies}", "hour") : null;
    }

    private static string? Engine(string engine, string edition, string licence)
    {
        var terms = licence == "Bring your own license" ? "byol" : "li";
        return (engine, edition) switch
        {
            ("PostgreSQL", _) => "postgres",
            ("MySQL", _) => "mysql",
            ("Oracle", "Enterprise") => $"oracle-ee {terms}",
            ("Oracle", "Standard Two") => $"oracle-se2 {terms}",
            ("SQL Server", "Enterprise") => $"sqlserver-ee {terms}",
            ("SQL Server", "Standard") => $"sqlserver-se {terms}",
            ("SQL Server", "Web") => $"sqlserver-web {terms}",
            ("SQL Server", "Express") => $"sqlserver-ex {terms}",
            _ => null,
        };
    }

    private static PriceKey? Storage(OfferProduct product) =>
        product.IsUsed("RDS:GP2-Storage") ? Monthly("storage gp2 single-az")
        : product.IsUsed("RDS:GP3-Storage") ? Monthly("storage gp3 single-az")
        : product.IsUsed("RDS:PIOPS-Storage") ? Monthly("storage io1 single-az")
        : product.IsUsed("RDS:StorageUsage") ? Monthly("storage standard single-az")
        : product.IsUsed("RDS:Multi-AZ-GP2-Storage") ? Monthly("storage gp2 multi-az")
        : product.IsUsed("RDS:Multi-AZ-GP3-Storage") ? Monthly("storage gp3 multi-az")
        : product.IsUsed("RDS:PIOPS") ? Monthly("iops io1 single-az", "iops-month")
        : product.IsUsed("RDS:GP3-PIOPS") ? Monthly("iops gp3 single-az", "iops-month")
        : null;

    private static PriceKey Monthly(string product, string unit = "gb-month") => new("rds", product, unit);
}
