namespace DdocCost.Domain.Pricing.Resources;

/// <summary>Disks of SageMaker Studio spaces.</summary>
internal static class SpaceStorage
{
    public static Bill Price(Bill bill) => bill.Traits.StorageGib is { } gib
        ? bill.Add("ebs", "gp3", gib * bill.Units).Assume("at least: priced as an EBS volume", PriceConfidence.Low)
        : bill.Unpriced("the record does not tell the size of the disk");
}
