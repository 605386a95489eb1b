namespace DdocCost.Domain.Pricing.Resources;

/// <summary>ECS tasks: by vCPU and memory on Fargate, nothing of their own on EC2 or on-premises instances.</summary>
internal static class FargateTask
{
    /// <summary>Fargate Spot over Fargate: AWS promises "up to 70 %" off, and the listed rates stay near that.</summary>
    private const decimal SpotShare = 0.3m;

    public static Bill Price(Bill bill)
    {
        if (bill.Units <= 0)
            return bill;
        if (string.Equals(bill.Change.Size, "ec2", StringComparison.OrdinalIgnoreCase))
            return bill.Remark("billed as the EC2 instances it runs on");
        if (string.Equals(bill.Change.Size, "external", StringComparison.OrdinalIgnoreCase))
            return bill.Remark("runs on instances outside of AWS");
        if (bill.Traits is not { VCpu: { } vcpu, MemoryGib: { } gib })
            return bill.Unpriced("the size of the task is not known: its task definition was not seen");
        var platform = Platform(bill);
        return Add(Add(bill, $"vcpu {platform}", vcpu * bill.Units), $"memory {platform}", gib * bill.Units);
    }

    private static Bill Add(Bill bill, string product, decimal quantity)
    {
        if (bill.Book.Find("fargate", product, bill.Region) is not { } price)
            return bill.Unpriced($"no price known for Fargate {product} in {bill.Region}");
        if (!bill.Traits.Spot)
            return bill.Add(price, quantity);
        return bill.Add(price with { Usd = price.Usd * SpotShare }, quantity).Assume("Fargate Spot estimated at 30 % of on-demand", PriceConfidence.Low);
    }

    private static string Platform(Bill bill) => bill.Traits switch
    {
        { OperatingSystem: { } system } when system.StartsWith("windows", StringComparison.OrdinalIgnoreCase) => "windows",
        { Variant: { } cpu } when cpu.StartsWith("arm", StringComparison.OrdinalIgnoreCase) => "linux/arm",
        _ => "linux/x86",
    };
}
