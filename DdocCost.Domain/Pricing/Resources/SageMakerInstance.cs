namespace DdocCost.Domain.Pricing.Resources;

/// <summary>SageMaker instances of endpoints, jobs, notebooks and apps: <c>ml.</c> types.</summary>
internal static class SageMakerInstance
{
    /// <summary>SageMaker over EC2 for the same type: 1.20 for every listed CPU type, about 1.25 for those with GPUs, 1.15 for P4 and P5.</summary>
    private const decimal OverEc2 = 1.20m, OverEc2WithGpu = 1.25m, OverEc2Training = 1.15m;

    public static Bill Price(Bill bill)
    {
        if (bill.Change.Size is not { } size)
            return bill.Unpriced("the record does not tell the instance type");
        if (size == "serverless")
            return bill.Remark("serverless: billed by use");
        if (bill.Traits.StorageGib is not null)
            bill.Remark("without storage");
        if (bill.Traits.Spot)
            bill.Remark("at most: managed spot training costs less");
        return (bill.Book.Listed("sagemaker", size, bill.Region) ?? AfterEc2(bill, size)) is { } price
            ? bill.Add(price, bill.Units, "instance-hour")
            : bill.Unpriced($"no price known for {size}");
    }

    private static ListPrice? AfterEc2(Bill bill, string size)
    {
        if (!size.StartsWith("ml.", StringComparison.Ordinal) || bill.Book.Find("ec2", size[3..], bill.Region) is not { } ec2)
            return null;
        var factor = size.StartsWith("ml.p4", StringComparison.Ordinal) || size.StartsWith("ml.p5", StringComparison.Ordinal) ? OverEc2Training
            : bill.Book.TypeOf(size[3..]) is { Gpus: 0 } ? OverEc2 : OverEc2WithGpu;
        return ec2.Estimate(factor, PriceConfidence.Medium, $"EC2 price times {factor:0.00}") with { Service = "sagemaker", Product = size };
    }
}
