using DdocCost.Domain.Normalise;

namespace DdocCost.Domain.Pricing.Resources;

/// <summary>EC2 instances: on-demand Linux rate of the type, plus Windows licence, dedicated tenancy, or a share of it on the spot market.</summary>
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
            return bill.Remark("billed with its Dedicated Host");
        if (bill.Book.Find("ec2", type, bill.Region) is not { } price)
            return bill.Unpriced($"no price known for {type} in {bill.Region}");

        if (bill.Traits.Tenancy == "dedicated")
            price = Estimate(price, DedicatedFactor, "dedicated tenancy estimated at 6 % more; 2 USD/h per region not included", PriceConfidence.Medium);
        if (bill.Traits.Spot)
            price = Estimate(price, SpotShare, "spot price estimated at 40 % of on-demand", PriceConfidence.Low);
        bill.Add(price, bill.Units, "instance-hour");
        return Licence(bill, type);
    }

    private static ListPrice Estimate(ListPrice price, decimal factor, string note, PriceConfidence atMost) => price with
    {
        Usd = price.Usd * factor,
        Confidence = price.Confidence < atMost ? price.Confidence : atMost,
        Note = price.Note is null ? note : $"{price.Note}; {note}",
    };

    /// <summary>Windows costs 0.046 USD per vCPU-hour on most types, less on the burstable ones.</summary>
    private static Bill Licence(Bill bill, string type)
    {
        var system = bill.Traits.OperatingSystem;
        if (system is null || system.StartsWith("linux", StringComparison.OrdinalIgnoreCase))
            return bill;
        if (!system.StartsWith("windows", StringComparison.OrdinalIgnoreCase))
            return bill.Assume($"{system} priced as Linux");
        if (VCpus(bill.Book, type) is not { } vcpus)
            return bill.Unpriced($"vCPUs of {type} are not known, so the Windows licence is not");
        var licence = new ListPrice("ec2", $"windows licence {type}", bill.Region, "vcpu-hour", PerVCpu(type), "derived", "", PriceConfidence.Medium, "Windows licence by vCPU");
        return bill.Add(licence, vcpus * bill.Units);
    }

    private static decimal PerVCpu(string type) => InstanceSize.Parse(type) is not { MultiplierKind: "ec2_burstable" } size ? 0.046m : size.Size switch
    {
        "nano" => 0.0023m,
        "micro" => 0.0046m,
        "small" or "medium" => 0.0092m,
        "large" => 0.0138m,
        _ => 0.0184m,
    };

    private static decimal? VCpus(PriceBook book, string type) =>
        book.TypeOf(type)?.VCpu ?? (InstanceSize.Parse(type) is { } size ? Math.Max(1, size.Weight / 2) : null);
}
