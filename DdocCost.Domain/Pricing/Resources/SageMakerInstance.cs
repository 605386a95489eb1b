namespace DdocCost.Domain.Pricing.Resources;

/// <summary>SageMaker instances of endpoints, jobs and notebooks: <c>ml.</c> types.</summary>
internal static class SageMakerInstance
{
    /// <summary>SageMaker over EC2 for the same type: 1.20 for every listed CPU type, about 1.25 for those with GPUs.</summary>
    private const decimal OverEc2 = 1.20m, OverEc2WithGpu = 1.25m;

    public static Bill Price(Bill bill)
    {
        if (bill.Change.Size is not { } size)
            return bill.Unpriced("the record does not tell the instance type");
        if (bill.Book.Find("sagemaker", size, bill.Region) is { Confidence: > PriceConfidence.Low } listed)
            return bill.Add(listed, bill.Units, "instance-hour");
        return AfterEc2(bill, size) is { } price ? bill.Add(price, bill.Units, "instance-hour") : bill.Add("sagemaker", size, bill.Units, "instance-hour");
    }

    private static ListPrice? AfterEc2(Bill bill, string size)
    {
        if (!size.StartsWith("ml.", StringComparison.Ordinal) || bill.Book.Find("ec2", size[3..], bill.Region) is not { } ec2)
            return null;
        var factor = bill.Book.TypeOf(size[3..]) is { Gpus: 0 } ? OverEc2 : OverEc2WithGpu;
        return ec2 with
        {
            Service = "sagemaker",
            Product = size,
            Usd = ec2.Usd * factor,
            Source = "derived",
            Confidence = ec2.Confidence < PriceConfidence.Medium ? ec2.Confidence : PriceConfidence.Medium,
            Note = $"EC2 price times {factor:0.00}",
        };
    }
}
