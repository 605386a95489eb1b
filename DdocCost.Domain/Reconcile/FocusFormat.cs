namespace DdocCost.Domain.Reconcile;

/// <summary>
/// FinOps Open Cost and Usage Specification, 1.0 to 1.2. EffectiveCost spreads what was paid for commitments over what they cover, so that a purchase of a commitment,
/// which says the same once more, has none.
/// </summary>
/// <remarks>https://focus.finops.org/focus-specification/v1-2/</remarks>
internal sealed class FocusFormat(BillColumns columns) : IBillFormat
{
    private const string Account = "SubAccountId", Begin = "ChargePeriodStart", Cost = "EffectiveCost", Service = "ServiceName", Category = "ChargeCategory";

    private readonly int account = columns.Of(Account), begin = columns.Of(Begin), cost = columns.Of(Cost), service = columns.Of(Service), category = columns.Of(Category),
        code = columns.Of("x_ServiceCode"), period = columns.Of("BillingPeriodStart"), payer = columns.Of("BillingAccountId"), resource = columns.Of("ResourceId"),
        list = columns.Of("ListCost"), currency = columns.Of("BillingCurrency"), status = columns.Of("CommitmentDiscountStatus"), estimated = columns.Of("x_IsEstimate");

    public string Name { get; } = columns.Has(BillFile.CostExplorerColumn) ? BillFile.CostExplorer : "FOCUS";

    public static bool Fits(BillColumns columns) => columns.Has(Account, Begin, Cost, Service, Category);

    public LineOutcome Read(string[] fields)
    {
        if (BillColumns.Text(fields, estimated) == "true")
            return LineOutcome.Bad("an estimate of ours, exported by this product: not a bill");
        if (!BillColumns.TryAmount(fields, cost, out var usd) || !BillColumns.TryAmount(fields, list, out var listUsd))
            return LineOutcome.Bad("an amount is no number");
        if (usd is not { } billed)
            return LineOutcome.Bad("no amount");
        if (currency >= 0 && fields[currency] is not ("USD" or ""))
            return LineOutcome.Bad("not in US dollars");
        // What a commitment paid for and nobody used is no resource's.
        var isUsage = BillColumns.Text(fields, category) == "Usage" && BillColumns.Text(fields, status) != "Unused";
        var named = BillColumns.Text(fields, code) is { Length: > 0 } byCode ? byCode : BillColumns.Text(fields, service);
        return BillPlace.Line(
            BillColumns.Text(fields, payer), BillColumns.Text(fields, account), BillColumns.Text(fields, period), BillColumns.Text(fields, begin), named,
            BillColumns.Text(fields, resource), billed, listUsd, isUsage);
    }
}
