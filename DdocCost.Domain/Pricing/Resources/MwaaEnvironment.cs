namespace DdocCost.Domain.Pricing.Resources;

/// <summary>Managed Airflow environments by class, such as <c>mw1.small</c>.</summary>
internal static class MwaaEnvironment
{
    public static Bill Price(Bill bill)
    {
        if (bill.Change.Size is null)
            bill.Assume("class not told, mw1.small assumed");
        var size = (bill.Change.Size ?? "mw1.small").Split('.')[^1];
        return bill.Add("mwaa", $"environment {size}", bill.Units, "environment-hour").Remark("without additional workers");
    }
}
