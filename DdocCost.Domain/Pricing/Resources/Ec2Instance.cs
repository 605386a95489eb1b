namespace DdocCost.Domain.Pricing.Resources;

/// <summary>
/// EC2 instances: on-demand Linux rate of the type, or a share of it on the spot market; Windows licence; and the volumes that were
/// made with the instance, which are paid while it is stopped, too.
/// </summary>
internal static class Ec2Instance
{
    /// <summary>
    /// Typical spot price over the on-demand price. AWS promises "up to 90 %" off; its Spot Instance Advisor shows 40 to 70 % off for
    /// most types. CloudTrail does not tell the price.
    /// </summary>
    private const decimal SpotShare = 0.4m;

    /// <summary>Dedicated over shared tenancy: 6 to 10 % dearer where both are listed.</summary>
    private const decimal DedicatedFactor = 1.06m;

    public static Bill Price(Bill bill)
    {
        if (bill.Change.Size is not { } type)
            return bill.Unpriced("the record does not tell the instance type");
        if (bill.Traits.Tenancy == "host")
            return Storage(bill.Remark("billed with its Dedicated Host"));
        if (WithLicence(bill, type) is { } sold)
            return Storage(bill.Add(bill.Traits.Spot ? OnSpot(sold, type) : sold, bill.Units, "instance-hour"));
        if (bill.Book.Find("ec2", type, bill.Region) is not { } price)
            return bill.NotListed(type);

        if (bill.Traits.Tenancy == "dedicated")
        {
            price = bill.Book.ListedThere("ec2", $"{type} dedicated", bill.Region)
                ?? price.Estimate(DedicatedFactor, PriceConfidence.Medium, "dedicated tenancy estimated at 6 % more; 2 USD/h per region not included") with { Product = $"{type} dedicated" };
        }

        if (bill.Traits.Spot)
            price = OnSpot(price, type);
        bill.Add(price, bill.Units, "instance-hour");
        return Storage(WindowsLicence.Add(bill, type));
    }

    /// <summary>The list price of the instance together with its operating system, where a refresh brought one; else null.</summary>
    private static ListPrice? WithLicence(Bill bill, string type)
    {
        return bill.Traits.OperatingSystem is "windows" or "rhel" or "suse"
            ? bill.Book.ListedThere("ec2", $"{type} {bill.Traits.OperatingSystem}{(bill.Traits.Tenancy == "dedicated" ? " dedicated" : "")}", bill.Region) : null;
    }

    private static ListPrice OnSpot(ListPrice price, string type) =>
        price.Estimate(SpotShare, PriceConfidence.Low, "spot price estimated at 40 % of on-demand") with { Product = $"{type} spot" };

    /// <summary>The volumes alone: what a stopped instance still costs.</summary>
    public static Bill Storage(Bill bill) =>
        bill.Traits.StorageGib is { } gib ? EbsVolume.Storage(bill, bill.Traits.StorageType ?? "gp2", gib) : bill;
}
