namespace DdocCost.Domain.Pricing.Resources;

/// <summary>FSx file systems: storage, and throughput where it is bought apart (Lustre sells it with the storage).</summary>
internal static class FsxFileSystem
{
    public static Bill Price(Bill bill)
    {
        if (bill.Traits.StorageGib is not { } gib)
            return bill.Unpriced("the record does not tell the size of the file system");
        var disk = bill.Traits.StorageType ?? "ssd";
        var zones = bill.Traits.MultiAz ? "multi-az" : "single-az";
        return bill.Size switch
        {
            "lustre" => bill.Add("fsx", Lustre(bill, disk), gib * bill.Units),
            "openzfs" => Throughput(bill.Add("fsx", "openzfs ssd", gib * bill.Units), "openzfs throughput"),
            "windows" => Throughput(bill.Add("fsx", $"windows {zones} {disk}", gib * bill.Units), $"windows {zones} throughput"),
            "ontap" => Throughput(bill.Add("fsx", $"ontap {zones} ssd", gib * bill.Units), $"ontap {zones} throughput"),
            _ => bill.Unpriced($"no price known for FSx file systems of type {bill.Change.Size ?? "unknown"}"),
        };
    }

    private static Bill Throughput(Bill bill, string product) => bill.Traits.ThroughputMibps is { } mibps
        ? bill.Add("fsx", product, mibps * bill.Units)
        : bill.Assume("at least: throughput not told", PriceConfidence.Low);

    /// <summary>The listed step that the deployment and its MB/s per TiB take.</summary>
    private static string Lustre(Bill bill, string disk)
    {
        var perTib = bill.Traits.ThroughputMibps;
        return (bill.Traits.Variant, disk) switch
        {
            ("persistent_2", _) => $"lustre persistent-2 ssd {Step(perTib, 125, 250, 500, 1000)}MBps/TiB",
            ("persistent_1", "hdd") => $"lustre persistent-1 hdd {Step(perTib, 12, 40)}MBps/TiB",
            ("persistent_1", _) when perTib > 50 => $"lustre persistent-1 ssd {Step(perTib, 100, 200)}MBps/TiB",
            _ => "lustre scratch/persistent-1 ssd 50MBps/TiB",
        };
    }

    private static int Step(decimal? wanted, params ReadOnlySpan<int> steps)
    {
        foreach (var step in steps)
        {
            if (wanted is null || wanted <= step)
                return step;
        }

        return steps[^1];
    }
}
