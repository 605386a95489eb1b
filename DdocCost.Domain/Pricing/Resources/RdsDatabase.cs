namespace DdocCost.Domain.Pricing.Resources;

/// <summary>Databases of the RDS API: RDS, Aurora, DocumentDB and Neptune instances, with storage where it is allocated. Multi-AZ doubles both.</summary>
/// <remarks>Source of the included I/O: "Amazon RDS DB instance storage", gp3.</remarks>
internal static class RdsDatabase
{
    private const decimal Gp3IncludedIops = 3_000, Gp3IncludedIopsStriped = 12_000;

    /// <summary>From this size on gp3 is striped over four volumes (not for SQL Server), GiB.</summary>
    private const decimal Gp3StripedFrom = 400;

    public static Bill Price(Bill bill)
    {
        if (bill.Change.Size is not { } size)
            return bill.Unpriced("the record does not tell the instance class");
        if (size == "db.serverless")
            return DatabaseCluster.Serverless(bill);
        var engine = bill.Traits.Engine ?? "";
        if (engine.Length == 0)
            bill.Assume("engine not told, priced as PostgreSQL");
        var (service, product) = Product(engine, size);
        if (product is null)
            return bill.Unpriced($"no price known for engine {engine}");
        bill.Add(service, product, Copies(bill), "instance-hour");
        return service == "rds" ? Storage(bill) : bill.Remark("without storage and I/O, which follow use");
    }

    /// <summary>Allocated storage alone: what a stopped instance still costs.</summary>
    public static Bill Storage(Bill bill)
    {
        if (bill.Traits.StorageGib is not { } gib || IsClustered(bill.Traits.Engine ?? ""))
            return bill.Remark("without storage");
        var type = bill.Traits.StorageType ?? (bill.Traits.Iops is null ? "gp3" : "io1");
        // io2 Block Express is listed at the rates of io1.
        var listed = type is "io2" ? "io1" : type;
        if (listed is not ("gp2" or "gp3" or "io1" or "standard"))
            return bill.Assume($"storage type {type} left out");
        bill.Add("rds", $"storage {listed} single-az", gib * Copies(bill));
        return listed switch
        {
            "gp3" => bill.Add("rds", "iops gp3 single-az", ((bill.Traits.Iops ?? 0) - IncludedIops(bill, gib)) * Copies(bill)),
            "io1" => bill.Add("rds", "iops io1 single-az", (bill.Traits.Iops ?? 0) * Copies(bill)),
            _ => bill,
        };
    }

    private static decimal Copies(Bill bill) => bill.Traits.MultiAz ? 2 * bill.Units : bill.Units;

    private static decimal IncludedIops(Bill bill, decimal gib) =>
        gib >= Gp3StripedFrom && bill.Traits.Engine?.StartsWith("sqlserver", StringComparison.Ordinal) != true ? Gp3IncludedIopsStriped : Gp3IncludedIops;

    private static bool IsClustered(string engine) =>
        engine is "docdb" or "neptune" || engine.StartsWith("aurora", StringComparison.Ordinal);

    private static (string Service, string? Product) Product(string engine, string size) => engine switch
    {
        "docdb" => ("documentdb", $"{size} standard"),
        "neptune" => ("neptune", size),
        _ when engine.StartsWith("aurora", StringComparison.Ordinal) => ("aurora", $"{size} standard"),
        _ when engine.StartsWith("oracle-ee", StringComparison.Ordinal) => ("rds", $"{size} oracle-ee byol single-az"),
        _ when engine.StartsWith("oracle-se2", StringComparison.Ordinal) => ("rds", $"{size} oracle-se2 li single-az"),
        "sqlserver-ee" or "sqlserver-se" or "sqlserver-web" or "sqlserver-ex" => ("rds", $"{size} {engine} li single-az"),
        "" or "postgres" => ("rds", $"{size} postgres single-az"),
        // MariaDB is listed at MySQL's rates.
        "mysql" or "mariadb" => ("rds", $"{size} mysql single-az"),
        _ => ("rds", null),
    };
}
