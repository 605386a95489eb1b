namespace DdocCost.Domain.Pricing.Resources;

/// <summary>Control plane of an EKS cluster; its nodes are billed as EC2.</summary>
internal static class EksCluster
{
    public static Bill Price(Bill bill) => bill.Add("eks", "cluster", bill.Units, "cluster-hour").Remark("without nodes");
}
