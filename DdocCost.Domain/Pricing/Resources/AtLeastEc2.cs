namespace DdocCost.Domain.Pricing.Resources;

/// <summary>Instances that a service sells dearer than EC2, by how much is listed nowhere: the EC2 price is the least they cost.</summary>
internal static class AtLeastEc2
{
    /// <summary>Instances whose type is that of EC2 behind a prefix, such as <c>bc.t3.small</c>.</summary>
    /// <param name="service">Name in the SKU.</param>
    /// <param name="prefix">What stands before the EC2 type, or empty.</param>
    public static Func<Bill, Bill> Of(string service, string prefix = "") => bill =>
    {
        if (bill.Change.Size is not { } size)
            return bill.Unpriced("the record does not tell the instance type");
        var type = size.StartsWith(prefix, StringComparison.OrdinalIgnoreCase) ? size[prefix.Length..] : size;
        return bill.Book.Find("ec2", type, bill.Region) is { } ec2
            ? bill.Add(ec2.Estimate(1, PriceConfidence.Low, "at least: priced as the EC2 instance") with { Service = service, Product = size }, bill.Units, "instance-hour")
            : bill.Unpriced($"no price known for {size}");
    };
}
