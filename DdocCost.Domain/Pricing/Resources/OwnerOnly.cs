namespace DdocCost.Domain.Pricing.Resources;

/// <summary>What costs nothing itself and owns what does; priced at 0 so that nothing is counted twice.</summary>
internal static class OwnerOnly
{
    public static Bill OfInstances(Bill bill) => bill.Remark("billed as the EC2 instances it launches");

    public static Bill OfSnapshots(Bill bill) => bill.Remark("billed as its snapshots");

    public static Bill OfDatabases(Bill bill) => bill.Remark("billed as the instances in it, and by use");
}
