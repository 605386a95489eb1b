namespace DdocCost.Domain.Pricing.Resources;

/// <summary>DMS replication instances; Multi-AZ doubles them.</summary>
internal static class DmsInstance
{
    /// <summary>DMS over EC2: 1.55 for the one type listed with both (t2.micro); AWS's examples of larger ones lie near 1.8.</summary>
    private const decimal OverEc2 = 1.8m;

    public static Bill Price(Bill bill)
    {
        if (bill.Change.Size is not { } size)
            return bill.Unpriced("the record does not tell the instance class");
        var units = bill.Traits.MultiAz ? 2 * bill.Units : bill.Units;
        if (bill.Book.Listed("dms", $"{size} single-az", bill.Region) is { } listed)
            return bill.Add(listed, units, "instance-hour");
        return size.StartsWith("dms.", StringComparison.Ordinal) && bill.Book.Find("ec2", size[4..], bill.Region) is { } ec2
            ? bill.Add(ec2.Estimate(OverEc2, PriceConfidence.Low, "estimated at 1.8 times the EC2 price") with { Service = "dms", Product = size }, units, "instance-hour")
            : bill.Unpriced($"no price known for {size}");
    }

    /// <summary>Capacity units between a lower and an upper bound, of which the record's lower one runs at least.</summary>
    public static Bill Serverless(Bill bill) => bill
        .Add("dms", "serverless dcu single-az", bill.Traits.MultiAz ? 2 * bill.Units : bill.Units, "dcu-hour")
        .Assume("at least: it takes more capacity units under load", PriceConfidence.Low);
}
