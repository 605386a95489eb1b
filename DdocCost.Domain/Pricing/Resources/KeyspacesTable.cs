namespace DdocCost.Domain.Pricing.Resources;

/// <summary>Keyspaces tables with provisioned capacity; on demand they are billed by request.</summary>
internal static class KeyspacesTable
{
    public static Bill Price(Bill bill)
    {
        if (bill.Change.Size != "provisioned" || (bill.Traits.ReadCapacity ?? bill.Traits.WriteCapacity) is null)
            return bill.Unpriced("billed by use: requests");
        return bill
            .Add("cassandra", "read capacity unit", (bill.Traits.ReadCapacity ?? 0) * bill.Units)
            .Add("cassandra", "write capacity unit", (bill.Traits.WriteCapacity ?? 0) * bill.Units)
            .Remark("without storage");
    }
}
