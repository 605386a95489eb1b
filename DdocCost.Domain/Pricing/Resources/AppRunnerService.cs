namespace DdocCost.Domain.Pricing.Resources;

/// <summary>App Runner services: the memory of one provisioned instance at least; vCPUs are paid while requests are served.</summary>
internal static class AppRunnerService
{
    private const decimal DefaultMemoryGib = 2;

    public static Bill Price(Bill bill)
    {
        if (bill.Traits.MemoryGib is null)
            bill.Assume("memory not told, 2 GB assumed");
        return bill
            .Add("apprunner", "memory", (bill.Traits.MemoryGib ?? DefaultMemoryGib) * bill.Units)
            .Remark("at least: one instance that waits; its vCPUs are billed while they serve");
    }
}
