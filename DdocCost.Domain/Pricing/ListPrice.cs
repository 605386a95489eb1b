namespace DdocCost.Domain.Pricing;

/// <summary>An on-demand price of one product in one region, as listed or as derived from what is listed.</summary>
/// <param name="Service">Service in the price book, such as <c>ec2</c>, <c>ebs</c>, <c>vpc</c>.</param>
/// <param name="Product">What is sold, such as <c>m5.large</c> or <c>gp3 iops (above 3000)</c>.</param>
/// <param name="Region">AWS region or zone group; <c>global</c> where one price holds everywhere.</param>
/// <param name="Unit">What <paramref name="Usd"/> buys one of: <c>hour</c>, <c>gb-month</c>, <c>vcpu-hour</c>, …</param>
/// <param name="Usd">USD per unit, without tax, free tier and discounts.</param>
/// <param name="Source">Where it was found, or <c>derived</c>.</param>
/// <param name="Observed">Month it was seen at its source, such as <c>2025-11</c>; empty where it is derived.</param>
/// <param name="Confidence">How far to trust it; never <see cref="PriceConfidence.Unknown"/>.</param>
/// <param name="Note">How it was derived, or what is odd about it, or null.</param>
public sealed record ListPrice(
    string Service, string Product, string Region, string Unit, decimal Usd, string Source, string Observed, PriceConfidence Confidence, string? Note)
{
    /// <summary>Source of what a refresh brought.</summary>
    internal const string FromAws = "aws price list";

    /// <summary>A refresh brought it.</summary>
    public bool IsFromAws => Source == FromAws;

    /// <summary>Readable SKU: <c>service:product:region</c>, blanks as hyphens.</summary>
    public string Sku => $"{Service}:{Product.Replace(' ', '-')}:{Region}";

    /// <summary>An estimate of another price after this one.</summary>
    /// <param name="factor">The other over this one.</param>
    /// <param name="atMost">Confidence is lowered to this.</param>
    /// <param name="note">How it was estimated.</param>
    internal ListPrice Estimate(decimal factor, PriceConfidence atMost, string note) => this with
    {
        Usd = Math.Round(Usd * factor, 12),
        Source = "derived",
        Confidence = Confidence < atMost ? Confidence : atMost,
        Note = Note is null ? note : $"{Note}; {note}",
    };
}
