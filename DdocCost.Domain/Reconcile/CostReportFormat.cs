namespace DdocCost.Domain.Reconcile;

/// <summary>
/// AWS Cost and Usage Report, 2.0 and legacy. What a commitment covers counts at its effective price, so that its fees and its negations, which say the same once
/// more, are left out. Where the report has net columns they hold the discounts already, and lines that are only a discount are left out; else they are added.
/// </summary>
/// <remarks>https://docs.aws.amazon.com/cur/latest/userguide/Lineitem-columns.html</remarks>
internal sealed class CostReportFormat(BillColumns columns) : IBillFormat
{
    private const string Account = "lineItem/UsageAccountId", Begin = "lineItem/UsageStartDate", Type = "lineItem/LineItemType", Cost = "lineItem/UnblendedCost", Product = "lineItem/ProductCode",
        Period = "bill/BillingPeriodStartDate", NetCost = "lineItem/NetUnblendedCost";

    private readonly int account = columns.Of(Account), begin = columns.Of(Begin), type = columns.Of(Type), cost = columns.Of(Cost), netCost = columns.Of(NetCost), product = columns.Of(Product),
        period = columns.Of(Period), payer = columns.Of("bill/PayerAccountId"), resource = columns.Of("lineItem/ResourceId"), list = columns.Of("pricing/publicOnDemandCost"),
        currency = columns.Of("lineItem/CurrencyCode"),
        reserved = columns.Of("reservation/EffectiveCost"), netReserved = columns.Of("reservation/NetEffectiveCost"),
        plan = columns.Of("savingsPlan/SavingsPlanEffectiveCost"), netPlan = columns.Of("savingsPlan/NetSavingsPlanEffectiveCost");

    public string Name => "Cost and Usage Report";

    public static bool Fits(BillColumns columns) => columns.Has(Account, Begin, Type, Cost, Product);

    public LineOutcome Read(string[] fields)
    {
        var kind = BillColumns.Text(fields, type);
        if (kind is "SavingsPlanNegation" or "RIFee" or "SavingsPlanRecurringFee" or "SavingsPlanUpfrontFee")
            return LineOutcome.LeftOut;
        var isDiscount = kind.EndsWith("Discount", StringComparison.Ordinal);
        if (isDiscount && netCost >= 0)
            return LineOutcome.LeftOut;
        if (kind.Length == 0)
            return LineOutcome.Bad("no kind of line item");
        var (full, net) = kind switch { "DiscountedUsage" => (reserved, netReserved), "SavingsPlanCoveredUsage" => (plan, netPlan), _ => (cost, netCost) };
        if (!BillColumns.TryAmount(fields, full, out var usd) || !BillColumns.TryAmount(fields, net, out var netUsd) || !BillColumns.TryAmount(fields, list, out var listUsd))
            return LineOutcome.Bad("an amount is no number");
        if ((netUsd ?? usd) is not { } billed)
            return LineOutcome.Bad("no amount");
        if (currency >= 0 && fields[currency] is not ("USD" or ""))
            return LineOutcome.Bad("not in US dollars");
        var isUsage = isDiscount || kind is "Usage" or "DiscountedUsage" or "SavingsPlanCoveredUsage";
        return BillPlace.Line(
            BillColumns.Text(fields, payer), BillColumns.Text(fields, account), BillColumns.Text(fields, period), BillColumns.Text(fields, begin), BillColumns.Text(fields, product),
            BillColumns.Text(fields, resource), billed, isDiscount ? null : listUsd is 0 && billed != 0 ? null : listUsd, isUsage);
    }
}
