namespace DdocCost.Domain.Pricing.Resources;

/// <summary>Kendra indexes of the developer and the enterprise edition.</summary>
internal static class KendraIndex
{
    public static Bill Price(Bill bill) => bill.Size switch
    {
        "developer_edition" => bill.Add("kendra", "developer-edition index", bill.Units, "index-hour"),
        "enterprise_edition" => bill.Add("kendra", "enterprise-edition index", bill.Units, "index-hour"),
        _ => bill.Unpriced($"no price known for Kendra edition {bill.Change.Size ?? "unknown"}"),
    };
}
