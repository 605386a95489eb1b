namespace DdocCost.Domain.Pricing.Resources;

/// <summary>EBS volumes: storage, and the I/O and throughput provisioned beyond what is included.</summary>
/// <remarks>Source of the included amounts and of the io2 tiers: "Amazon EBS pricing".</remarks>
internal static class EbsVolume
{
    private const decimal Gp3IncludedIops = 3_000, Gp3IncludedMibps = 125, Io2FirstTier = 32_000, Io2SecondTier = 64_000;

    public static Bill Price(Bill bill)
    {
        if (bill.Traits.StorageGib is not { } gib)
            return bill.Unpriced("the record does not tell the volume's size");
        if (bill.Change.Size is null)
            bill.Assume("volume type not told, gp2 assumed");
        return Storage(bill, bill.Change.Size ?? "gp2", gib);
    }

    /// <summary>Storage of a type with the I/O and throughput that the traits tell.</summary>
    public static Bill Storage(Bill bill, string type, decimal gib)
    {
        bill.Add("ebs", type, gib * bill.Units);
        return type switch
        {
            "gp3" => Gp3(bill, bill.Traits.Iops ?? 0, bill.Traits.ThroughputMibps ?? 0),
            "io1" => Provisioned(bill).Add("ebs", "io1 iops", (bill.Traits.Iops ?? 0) * bill.Units),
            "io2" => Io2(Provisioned(bill), bill.Traits.Iops ?? 0),
            _ => bill,
        };
    }

    private static Bill Gp3(Bill bill, decimal iops, decimal mibps) => bill
        .Add("ebs", "gp3 iops (above 3000)", (iops - Gp3IncludedIops) * bill.Units)
        .Add("ebs", "gp3 throughput (above 125)", (mibps - Gp3IncludedMibps) * bill.Units);

    /// <summary>The tiers hold for each volume by itself.</summary>
    private static Bill Io2(Bill bill, decimal iops) => bill
        .Add("ebs", "io2 iops (first 32000)", Math.Min(iops, Io2FirstTier) * bill.Units)
        .Add("ebs", "io2 iops (32001-64000)", (Math.Min(iops, Io2SecondTier) - Io2FirstTier) * bill.Units)
        .Add("ebs", "io2 iops (above 64000)", (iops - Io2SecondTier) * bill.Units);

    private static Bill Provisioned(Bill bill) =>
        bill.Traits.Iops is null ? bill.Assume("at least: provisioned IOPS not told", PriceConfidence.Low) : bill;
}
