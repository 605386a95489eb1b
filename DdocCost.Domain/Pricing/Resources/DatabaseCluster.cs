using System.Globalization;

namespace DdocCost.Domain.Pricing.Resources;

/// <summary>
/// Clusters of the RDS API: an Aurora cluster is billed as the instances in it, a Multi-AZ DB cluster as three instances of its own, and
/// Aurora Serverless v1 by capacity unit (ACU).
/// </summary>
internal static class DatabaseCluster
{
    public static Bill Price(Bill bill) => bill.Change.Size switch
    {
        null => OwnerOnly.OfDatabases(bill),
        "serverless-v1" => AtLeast(bill, "aurora", "serverless-v1 acu"),
        _ => RdsDatabase.Price(bill),
    };

    public static Bill Storage(Bill bill) => bill.Change.Size is null or "serverless-v1" ? bill : RdsDatabase.Storage(bill);

    /// <summary>A serverless instance, by the capacity unit of its engine (ACU, NCU, DCU).</summary>
    public static Bill Serverless(Bill bill) => bill.Traits.Engine switch
    {
        "neptune" => AtLeast(bill, "neptune", "serverless ncu"),
        "docdb" => AtLeast(bill, "documentdb", "serverless dcu"),
        _ => AtLeast(bill, "aurora", "serverless-v2 acu standard"),
    };

    /// <summary>Serverless capacity at the least it may shrink to; the variant tells how far (<c>2-16 units</c>).</summary>
    private static Bill AtLeast(Bill bill, string service, string product)
    {
        var range = bill.Traits.Variant?.Split(' ')[0].Split('-');
        return range is [var least, var most] && decimal.TryParse(least, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var units)
            ? bill.Add(service, product, units * bill.Units).Assume($"at least: capacity follows the load, up to {most} units", PriceConfidence.Low)
            : bill.Unpriced("serverless capacity follows the load, and its limits were not seen");
    }
}
