namespace DdocCost.Domain.Pricing.Resources;

/// <summary>Manual snapshots of RDS databases, by what they can hold at most.</summary>
internal static class RdsSnapshot
{
    public static Bill Price(Bill bill) => bill.Traits.StorageGib is { } gib
        ? bill.Add("rds", "backup storage", gib * bill.Units).Assume("at most: backup storage up to the size of the databases is free")
        : bill.Unpriced("the record does not tell the size of the database");
}
