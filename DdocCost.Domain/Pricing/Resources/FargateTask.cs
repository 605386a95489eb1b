namespace DdocCost.Domain.Pricing.Resources;

/// <summary>ECS tasks: by vCPU and memory on Fargate, nothing of their own on EC2 or on-premises instances.</summary>
internal static class FargateTask
{
    /// <summary>Fargate Spot over Fargate: AWS promises "up to 70 %" off, and the listed rates stay near that.</summary>
    private const decimal SpotShare = 0.3m;

    public static Bill Price(Bill bill) => bill.Size.ToLowerInvariant() switch
    {
        _ when bill.Units <= 0 => bill,
        "ec2" => bill.Remark("billed as the EC2 instances it runs on"),
        "external" => bill.Remark("runs on instances outside of AWS"),
        _ when bill.Traits is not { VCpu: not null, MemoryGib: not null } =>
            bill.Unpriced("the size of the task is not known: its task definition was not seen"),
        "" => OnFargate(bill.Assume("at most: launch type not told, Fargate assumed", PriceConfidence.Low), spot: false),
        var launchType => OnFargate(bill, spot: bill.Traits.Spot || launchType == "fargate-spot"),
    };

    private static Bill OnFargate(Bill bill, bool spot)
    {
        var platform = Platform(bill);
        Add(bill, $"vcpu {platform}", bill.Traits.VCpu!.Value * bill.Units, spot);
        return Add(bill, $"memory {platform}", bill.Traits.MemoryGib!.Value * bill.Units, spot);
    }

    private static Bill Add(Bill bill, string product, decimal quantity, bool spot)
    {
        if (!spot || bill.Book.Find("fargate", product, bill.Region) is not { } price)
            return bill.Add("fargate", product, quantity);
        return bill.Add(price.Estimate(SpotShare, PriceConfidence.Low, "Fargate Spot estimated at 30 % of on-demand") with { Product = $"{product} spot" }, quantity);
    }

    private static string Platform(Bill bill) => bill.Traits switch
    {
        { OperatingSystem: { } system } when system.StartsWith("windows", StringComparison.OrdinalIgnoreCase) => "windows",
        { Variant: { } cpu } when cpu.StartsWith("arm", StringComparison.OrdinalIgnoreCase) => "linux/arm",
        _ => "linux/x86",
    };
}
