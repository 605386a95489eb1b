namespace DdocCost.Domain.Pricing.Resources;

/// <summary>Nodes of a provisioned Redshift cluster.</summary>
internal static class RedshiftCluster
{
    public static Bill Price(Bill bill)
    {
        if (bill.Change.Size is not { } size)
            return bill.Unpriced("the record does not tell the node type");
        bill.Add("redshift", size, bill.Units, "node-hour");
        return size.StartsWith("ra3", StringComparison.Ordinal) ? bill.Remark("without managed storage") : bill;
    }
}
