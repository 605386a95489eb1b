namespace DdocCost.Domain.Pricing.Resources;

/// <summary>Pipelines of the first type (V1) by the month, of the second by the minute of their actions.</summary>
internal static class DeliveryPipeline
{
    public static Bill Price(Bill bill) => bill.Size == "v2"
        ? bill.Unpriced("billed by use: minutes of its actions")
        : bill.Add("codepipeline", "v1 active pipeline", bill.Units).Remark("free in its first month, and in a month without a change");
}
