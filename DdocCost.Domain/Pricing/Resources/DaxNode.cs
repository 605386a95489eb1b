namespace DdocCost.Domain.Pricing.Resources;

/// <summary>DAX nodes.</summary>
internal static class DaxNode
{
    /// <summary>DAX over EC2: 1.9 to 2.0 for the types that AWS's pages give both prices of. Not in any source of the price book.</summary>
    private const decimal OverEc2 = 2.0m;

    public static Bill Price(Bill bill)
    {
        if (bill.Change.Size is not { } size)
            return bill.Unpriced("the record does not tell the node type");
        return size.StartsWith("dax.", StringComparison.Ordinal) && bill.Book.Find("ec2", size[4..], bill.Region) is { } ec2
            ? bill.Add(ec2.Estimate(OverEc2, PriceConfidence.Low, "estimated at 2 times the EC2 price") with { Service = "dax", Product = size }, bill.Units, "node-hour")
            : bill.Unpriced($"no price known for {size}");
    }
}
