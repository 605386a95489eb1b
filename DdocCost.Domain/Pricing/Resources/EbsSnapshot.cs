namespace DdocCost.Domain.Pricing.Resources;

/// <summary>EBS snapshots, by what they can hold at most: CloudTrail tells the volume's size, not the changed blocks that are billed.</summary>
internal static class EbsSnapshot
{
    public static Bill Price(Bill bill) => bill.Traits.StorageGib is { } gib
        ? bill.Add("ebs", bill.Size == "archive" ? "snapshot archive" : "snapshot", gib * bill.Units).Assume("at most: snapshots are billed for changed blocks")
        : bill.Unpriced("the record does not tell the size of the volume");
}
