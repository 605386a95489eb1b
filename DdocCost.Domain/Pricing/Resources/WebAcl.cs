namespace DdocCost.Domain.Pricing.Resources;

/// <summary>Access control lists of WAF and the rules in them, by the month.</summary>
internal static class WebAcl
{
    public static Bill Price(Bill bill) => bill.Size == "rule"
        ? bill.Add("waf", "rule", bill.Units)
        : bill.Add("waf", "web-acl", bill.Units, "list-month").Remark("without requests");
}
