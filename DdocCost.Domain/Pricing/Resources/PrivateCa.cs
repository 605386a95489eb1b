namespace DdocCost.Domain.Pricing.Resources;

/// <summary>Private certificate authorities, general purpose or short-lived.</summary>
internal static class PrivateCa
{
    public static Bill Price(Bill bill) =>
        bill.Add("acm-pca", $"private ca {(bill.Size == "short-lived" ? bill.Size : "general-purpose")}", bill.Units).Remark("without certificates");
}
