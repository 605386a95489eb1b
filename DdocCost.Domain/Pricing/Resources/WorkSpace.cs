namespace DdocCost.Domain.Pricing.Resources;

/// <summary>WorkSpaces desktops: by the month when always on, else a base and hours of use.</summary>
internal static class WorkSpace
{
    public static Bill Price(Bill bill)
    {
        if (bill.Change.Size is not { } size)
            return bill.Unpriced("the record does not tell the kind of desktop");
        return bill.Traits.Variant == "auto_stop"
            ? bill.Add("workspaces", $"{size} autostop base", bill.Units, "desktop-month").Remark("without hours of use")
            : bill.Add("workspaces", $"{size} windows always-on", bill.Units, "desktop-month");
    }
}
