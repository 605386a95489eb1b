namespace DdocCost.Domain.Pricing.Resources;

/// <summary>Elastic clusters of DocumentDB: by the vCPU of all instances.</summary>
internal static class DocumentDbElasticCluster
{
    /// <summary>vCPUs of the instance whose price per vCPU is taken: no source lists that of elastic clusters.</summary>
    private const decimal VCpusOfRelative = 2;

    public static Bill Price(Bill bill)
    {
        if (bill.Traits.VCpu is not { } each)
            return bill.Unpriced("the record does not tell the vCPUs of a shard");
        return bill.Book.Find("documentdb", "db.r6g.large standard", bill.Region) is { } relative
            ? bill.Add(
                relative.Estimate(1 / VCpusOfRelative, PriceConfidence.Low, "estimated at the price of a vCPU of db.r6g") with { Product = "elastic cluster vcpu", Unit = "vcpu-hour" },
                each * bill.Units).Remark("without storage")
            : bill.Unpriced("no price known for elastic clusters");
    }
}
