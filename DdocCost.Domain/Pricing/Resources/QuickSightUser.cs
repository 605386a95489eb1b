namespace DdocCost.Domain.Pricing.Resources;

/// <summary>QuickSight users, by role and month.</summary>
internal static class QuickSightUser
{
    public static Bill Price(Bill bill) => bill.Size switch
    {
        "reader" or "restricted-reader" => bill.Add("quicksight", "reader user", bill.Units),
        "reader-pro" => bill.Add("quicksight", "reader-pro user", bill.Units),
        "author-pro" or "admin-pro" => bill.Add("quicksight", "author-pro user", bill.Units),
        _ => bill.Unpriced($"no list price is known for role {bill.Change.Size ?? "unknown"}"),
    };
}
