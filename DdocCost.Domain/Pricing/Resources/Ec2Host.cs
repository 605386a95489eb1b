namespace DdocCost.Domain.Pricing.Resources;

/// <summary>EC2 Dedicated Hosts: a whole machine of one family, whatever runs on it.</summary>
internal static class Ec2Host
{
    /// <summary>A host over the instances that fill it: 1.10 for c5, the one family listed with both.</summary>
    private const decimal OverLargest = 1.10m;

    public static Bill Price(Bill bill)
    {
        if (bill.Change.Size is not { } size)
            return bill.Unpriced("the record does not tell the instance family");
        var family = size.Split('.')[0];
        if (bill.Book.Find("ec2", $"dedicated host {family}", bill.Region) is { } listed)
            return bill.Add(listed, bill.Units, "host-hour");
        return bill.Book.Largest(family, bill.Region) is { } largest
            ? bill.Add(largest.Estimate(OverLargest, PriceConfidence.Low, $"estimated at 10 % more than {largest.Product}") with { Product = $"dedicated host {family}" }, bill.Units, "host-hour")
            : bill.Unpriced($"no price known for a Dedicated Host of {family}");
    }
}
