namespace DdocCost.Domain.Pricing.Resources;

/// <summary>Memberships in a Hyperledger Fabric network, by its edition.</summary>
internal static class BlockchainMember
{
    public static Bill Price(Bill bill)
    {
        if (bill.Change.Size is not ("starter" or "standard"))
            bill.Assume("at most: edition of the network not told, Standard assumed", PriceConfidence.Low);
        return bill.Add("managedblockchain", $"membership {(bill.Change.Size == "starter" ? "starter" : "standard")}", bill.Units, "member-hour").Remark("without nodes and storage");
    }
}
