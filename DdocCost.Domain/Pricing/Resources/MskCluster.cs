namespace DdocCost.Domain.Pricing.Resources;

/// <summary>Brokers of an MSK cluster and their storage.</summary>
internal static class MskCluster
{
    public static Bill Price(Bill bill)
    {
        if (bill.Change.Size is not { } size)
            return bill.Unpriced("the record does not tell the broker type");
        if (size == "serverless")
            return bill.Add("msk", "serverless cluster", bill.Units, "cluster-hour").Remark("without partitions, traffic and storage");
        return bill
            .Add("msk", size, bill.Units)
            .Add("msk", "storage (standard broker)", (bill.Traits.StorageGib ?? 0) * bill.Units);
    }
}
