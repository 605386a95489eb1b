namespace DdocCost.Domain.Pricing.Resources;

/// <summary>MemoryDB nodes.</summary>
internal static class MemoryDbNode
{
    public static Bill Price(Bill bill) => bill.Change.Size is { } size
        ? bill.Add("memorydb", $"{size} redis-oss", bill.Units).Remark("without data written")
        : bill.Unpriced("the record does not tell the node type");
}
