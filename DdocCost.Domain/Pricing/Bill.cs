using DdocCost.Domain.Normalise;

namespace DdocCost.Domain.Pricing;

/// <summary>
/// A cost in the making: what a group of like resources is billed for, line by line. The least trusted line decides the confidence, and
/// one price that is needed and unknown leaves the whole unpriced.
/// </summary>
internal sealed class Bill(PriceBook book, ResourceChange change, string region)
{
    /// <summary>A month of storage is billed as 730 hours.</summary>
    public const decimal HoursPerMonth = 730;

    /// <summary>Decimal places of every rate, so that sums are exact and do not depend on their order.</summary>
    public const int Places = 10;

    private readonly List<CostLine> lines = new(1);
    private List<string>? notes;
    private PriceConfidence confidence = PriceConfidence.High;
    private string? missing;

    /// <summary>What is priced.</summary>
    public ResourceChange Change => change;

    /// <summary>Size as told, or empty.</summary>
    public string Size => change.Size ?? "";

    /// <summary>What else sets the price.</summary>
    public ResourceTraits Traits => change.Traits;

    /// <summary>How many units.</summary>
    public decimal Units => change.Quantity;

    /// <summary>Where.</summary>
    public string Region => region;

    /// <summary>Where prices come from.</summary>
    public PriceBook Book => book;

    /// <summary>Adds a quantity of a product; nothing for a quantity of 0 or less.</summary>
    /// <param name="service">Service in the price book.</param>
    /// <param name="product">Product in the price book.</param>
    /// <param name="quantity">How many of the price's unit run at a time (hours and months are not counted).</param>
    /// <param name="unit">What a person calls the unit; as in the price book where null.</param>
    public Bill Add(string service, string product, decimal quantity, string? unit = null)
    {
        if (book.Find(service, product, region) is { } price)
            return Add(price, quantity, unit);
        return NotListed($"{service} {product}");
    }

    /// <summary>Adds a quantity at a price that was looked up or estimated.</summary>
    public Bill Add(ListPrice price, decimal quantity, string? unit = null)
    {
        if (quantity <= 0)
            return this;
        if (price.Note is not null)
            Remark(price.Note);
        confidence = Least(confidence, price.Confidence);
        lines.Add(new CostLine(price.Sku, quantity, unit ?? price.Unit.Replace("gb", "GB", StringComparison.Ordinal), price.Usd, PerHour(quantity * price.Usd, price.Unit)));
        return this;
    }

    /// <summary>Something the record does not tell was assumed.</summary>
    public Bill Assume(string what, PriceConfidence atMost = PriceConfidence.Medium)
    {
        confidence = Least(confidence, atMost);
        return Remark(what);
    }

    /// <summary>Something a person should know of the figure.</summary>
    public Bill Remark(string note)
    {
        notes ??= new List<string>(1);
        if (!notes.Contains(note))
            notes.Add(note);
        return this;
    }

    /// <summary>The price book has no price for something here.</summary>
    public Bill NotListed(string product) => Unpriced(
        $"no price known for {product} in {(region.Length == 0 ? "an unnamed region" : region)}{(ChinaPrices.Has(region) ? ": AWS China has a price list of its own, in CNY" : "")}");

    /// <summary>There is no price, and why; the first reason counts.</summary>
    public Bill Unpriced(string reason)
    {
        missing ??= reason;
        return this;
    }

    /// <summary>The finished cost.</summary>
    public Cost ToCost()
    {
        if (missing is not null)
            return Cost.Unpriced(missing);
        return new Cost
        {
            UsdPerHour = Total(),
            Lines = lines,
            Confidence = confidence,
            Note = notes switch { null => null, [var only] => only, _ => string.Join("; ", notes) },
        };
    }

    private decimal Total()
    {
        var total = 0m;
        foreach (var line in lines)
            total += line.UsdPerHour;
        return total;
    }

    private static decimal PerHour(decimal usd, string unit) => Math.Round(unit switch
    {
        _ when unit.EndsWith("hour", StringComparison.Ordinal) => usd,
        _ when unit.EndsWith("month", StringComparison.Ordinal) => usd / HoursPerMonth,
        _ when unit.EndsWith("second", StringComparison.Ordinal) => usd * 3600,
        _ when unit.EndsWith("minute", StringComparison.Ordinal) => usd * 60,
        _ => throw new ArgumentException($"a price per {unit} is not a running rate", nameof(unit)),
    }, Places);

    private static PriceConfidence Least(PriceConfidence a, PriceConfidence b) => a < b ? a : b;
}
