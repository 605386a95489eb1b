namespace DdocCost.Domain.Pricing.Resources;

/// <summary>What an operating system with a licence adds to an EC2 instance.</summary>
internal static class WindowsLicence
{
    /// <summary>USD per vCPU-hour of most types: the listed Windows rates over the Linux rates.</summary>
    private const decimal UsdPerVCpu = 0.046m;

    public static Bill Add(Bill bill, string type)
    {
        var system = bill.Traits.OperatingSystem;
        if (system is null || system.StartsWith("linux", StringComparison.OrdinalIgnoreCase))
            return bill;
        if (!system.StartsWith("windows", StringComparison.OrdinalIgnoreCase))
            return bill.Assume($"at least: {system} priced as Linux");
        if (bill.Book.VCpusOf(type) is not { } vcpus)
            return bill.Unpriced($"how many vCPUs {type} has is not known, so its Windows licence is not");
        if (system.Contains("sql", StringComparison.OrdinalIgnoreCase))
            bill.Assume("at least: without the SQL Server licence", PriceConfidence.Low);
        var licence = new ListPrice("ec2", $"windows licence {type}", bill.Region, "vcpu-hour", PerVCpu(type), "derived", "", PriceConfidence.Medium, "Windows licence by vCPU");
        return bill.Add(licence, vcpus * bill.Units);
    }

    /// <summary>Less on the burstable types, by size.</summary>
    private static decimal PerVCpu(string type) => InstanceSize.Parse(type) is not { MultiplierKind: "ec2_burstable" } burstable ? UsdPerVCpu : burstable.Size switch
    {
        "nano" => 0.0023m,
        "micro" => 0.0046m,
        "small" or "medium" => 0.0092m,
        "large" => 0.0138m,
        _ => 0.0184m,
    };
}
