namespace DdocCost.Domain.Pricing.Resources;

/// <summary>Amazon File Cache, by its capacity.</summary>
internal static class FileCache
{
    public static Bill Price(Bill bill) => bill.Traits.StorageGib is { } gib
        ? bill.Add("fsx", "file cache", gib * bill.Units) : bill.Unpriced("the record does not tell the capacity");
}
