namespace DdocCost.Domain.Pricing.Resources;

/// <summary>Direct Connect ports: dedicated ones by speed; hosted ones have prices of their own, which no source lists.</summary>
internal static class DirectConnectPort
{
    public static Bill Price(Bill bill) => bill.Size switch
    {
        "" => bill.Unpriced("the record does not tell the speed of the port"),
        _ when bill.Size.StartsWith("hosted", StringComparison.Ordinal) => bill.Unpriced($"no list price is known for a {bill.Size}"),
        _ => bill.Add("direct-connect", $"{bill.Size.Replace("bps", "", StringComparison.OrdinalIgnoreCase)} dedicated port", bill.Units, "port-hour")
            .Remark("billed from when the port is up, 90 days after it was made at the latest; without traffic"),
    };
}
