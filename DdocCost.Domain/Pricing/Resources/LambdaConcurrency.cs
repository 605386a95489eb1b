namespace DdocCost.Domain.Pricing.Resources;

/// <summary>Provisioned concurrency of a Lambda function: memory kept warm, whether it is called or not.</summary>
internal static class LambdaConcurrency
{
    /// <summary>Memory of a function that was created without telling it, GiB (128 MB).</summary>
    private const decimal DefaultMemoryGib = 0.125m;

    public static Bill Price(Bill bill)
    {
        if (bill.Traits.MemoryGib is null)
            bill.Assume("at least: memory of the function not known, 128 MB assumed", PriceConfidence.Low);
        var cpu = bill.Traits.Variant?.StartsWith("arm", StringComparison.OrdinalIgnoreCase) == true ? "arm" : "x86";
        return bill.Add("lambda", $"provisioned-concurrency {cpu}", (bill.Traits.MemoryGib ?? DefaultMemoryGib) * bill.Units).Remark("without calls");
    }
}
