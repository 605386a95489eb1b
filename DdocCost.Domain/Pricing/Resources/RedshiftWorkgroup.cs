namespace DdocCost.Domain.Pricing.Resources;

/// <summary>Redshift Serverless workgroups: nothing runs by the hour; queries are billed by the capacity (RPU) they run on.</summary>
internal static class RedshiftWorkgroup
{
    public static Bill Price(Bill bill) => bill.Remark(
        bill.Book.Find("redshift", "serverless rpu", bill.Region) is { } perUnit
            ? FormattableString.Invariant($"billed while queries run: {bill.Units * perUnit.Usd:0.##} USD/h at its base capacity")
            : "billed while queries run");
}
