namespace DdocCost.Domain.Pricing.Resources;

/// <summary>CloudWatch alarms, by metric watched.</summary>
internal static class MetricAlarm
{
    public static Bill Price(Bill bill)
    {
        if (bill.Change.Size is null)
            bill.Assume("kind of alarm not told, standard assumed");
        return bill.Add("cloudwatch", $"alarm {(bill.Size is "composite" or "high-resolution" ? bill.Size : "standard")}", bill.Units);
    }
}
