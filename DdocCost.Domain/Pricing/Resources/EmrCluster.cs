namespace DdocCost.Domain.Pricing.Resources;

/// <summary>What EMR adds to the instances of a cluster, which are billed as EC2.</summary>
internal static class EmrCluster
{
    /// <summary>A quarter of the EC2 price, USD 0.27 per instance-hour at most.</summary>
    private const decimal ShareOfEc2 = 0.25m, AtMost = 0.27m;

    public static Bill Price(Bill bill)
    {
        if (bill.Change.Size is not { } type)
            return bill.Unpriced("the record does not tell the instance type");
        if (bill.Book.Find("ec2", type, bill.Region) is not { } ec2)
            return bill.Unpriced($"no price known for {type} in {bill.Region}");
        var share = ec2.Estimate(ShareOfEc2, PriceConfidence.Low, "EMR's share estimated at 25 % of the EC2 price, 0.27 USD/h at most");
        return bill.Add(share with { Service = "emr", Usd = Math.Min(share.Usd, AtMost) }, bill.Units, "instance-hour");
    }
}
