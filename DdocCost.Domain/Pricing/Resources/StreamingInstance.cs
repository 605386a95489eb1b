namespace DdocCost.Domain.Pricing.Resources;

/// <summary>AppStream 2.0 instances; the sizes of a family are in proportion. Users of Windows pay a fee each on top.</summary>
internal static class StreamingInstance
{
    public static Bill Price(Bill bill)
    {
        if (bill.Change.Size is not { } size)
            return bill.Unpriced("the record does not tell the instance type");
        return bill.Book.Find("appstream", size, bill.Region) is { } price
            ? bill.Add(price, bill.Units, "instance-hour").Remark("without user fees")
            : bill.Unpriced($"no list price is known for {size}");
    }
}
