namespace DdocCost.Domain.Pricing.Resources;

/// <summary>Attachments of a transit gateway; a kind that is not told is a VPC.</summary>
internal static class TransitAttachment
{
    public static Bill Price(Bill bill) =>
        bill.Add("vpc", $"transit-gateway-attachment {(bill.Size is "peering" or "connect" ? bill.Size : "vpc")}", bill.Units, "attachment-hour").Remark("without traffic");
}
