namespace DdocCost.Domain.Pricing.Resources;

/// <summary>EFS file systems: provisioned throughput; storage follows use.</summary>
internal static class EfsFileSystem
{
    public static Bill Price(Bill bill) =>
        (bill.Size == "provisioned" ? bill.Add("efs", "throughput provisioned", (bill.Traits.ThroughputMibps ?? 0) * bill.Units) : bill).Remark("storage is billed by use");
}
