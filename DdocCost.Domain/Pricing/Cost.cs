namespace DdocCost.Domain.Pricing;

/// <summary>How far a price can be trusted.</summary>
public enum PriceConfidence
{
    /// <summary>No price is known.</summary>
    Unknown = 0,

    /// <summary>Recalled or far derived.</summary>
    Low,

    /// <summary>Derived from a relative, or something had to be assumed.</summary>
    Medium,

    /// <summary>A list price for exactly this, in this region.</summary>
    High,
}

/// <summary>One position of a cost: so many units of a SKU at a price.</summary>
/// <param name="Sku">Readable SKU, such as <c>ec2:m5.large:eu-west-1</c> or <c>ebs:gp3:eu-west-1</c>.</param>
/// <param name="Quantity">How many units.</param>
/// <param name="Unit">What one unit is: <c>instance-hour</c>, <c>GB-month</c>, <c>IOPS-month</c>, …</param>
/// <param name="UsdPerUnit">On-demand list price in USD of one unit.</param>
/// <param name="UsdPerHour">What the position adds to the running rate, USD per hour (a month counts 730 hours).</param>
public sealed record CostLine(string Sku, decimal Quantity, string Unit, decimal UsdPerUnit, decimal UsdPerHour);

/// <summary>
/// What a set of like resources costs at on-demand list prices. <see cref="UsdPerHour"/> null means that no price is known: shown and
/// counted as unpriced, never as zero.
/// </summary>
public sealed record Cost
{
    /// <summary>Running rate in USD per hour of all units together, or null where unknown.</summary>
    public decimal? UsdPerHour { get; init; }

    /// <summary>What was paid at once, USD; 0 for what only runs by the hour.</summary>
    public decimal OneTimeUsd { get; init; }

    /// <summary>How the figure came about. Empty where nothing is priced.</summary>
    public IReadOnlyList<CostLine> Lines { get; init; } = [];

    /// <summary>The least trusted part decides.</summary>
    public PriceConfidence Confidence { get; init; }

    /// <summary>What the estimate leaves out or assumed, for a person, or null.</summary>
    public string? Note { get; init; }

    /// <summary>SKU of the dearest line, or null.</summary>
    public string? Sku => Lines.Count == 0 ? null : Lines.MaxBy(line => line.UsdPerHour)!.Sku;

    /// <summary>Costs nothing, and why.</summary>
    public static Cost Free(string note) => new() { UsdPerHour = 0, Confidence = PriceConfidence.High, Note = note };

    /// <summary>No price known.</summary>
    public static Cost Unpriced(string note) => new() { Note = note };
}
