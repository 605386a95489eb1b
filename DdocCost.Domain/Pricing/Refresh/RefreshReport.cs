namespace DdocCost.Domain.Pricing.Refresh;

/// <summary>What a refresh of the price book brought.</summary>
public sealed record RefreshReport
{
    /// <summary>What became of each offer in each region.</summary>
    public required IReadOnlyList<PartReport> Parts { get; init; }

    /// <summary>How many prices the refreshed part of the book now has.</summary>
    public required int Rows { get; init; }

    /// <summary>The prices that moved most, the biggest move first.</summary>
    public required IReadOnlyList<PriceMove> BiggestMoves { get; init; }

    /// <summary>Prices that were not listed before.</summary>
    public int Added => Parts.Sum(part => part.Added);

    /// <summary>Prices that differ from what was listed before.</summary>
    public int Moved => Parts.Sum(part => part.Moved);

    /// <summary>Prices of an earlier refresh that AWS lists no more; the embedded ones hold again.</summary>
    public int Gone => Parts.Sum(part => part.Gone);
}

/// <summary>What became of one offer in one region.</summary>
/// <param name="Offer">offerCode.</param>
/// <param name="Region">AWS region.</param>
public sealed record PartReport(string Offer, string Region)
{
    /// <summary>When AWS published it, UTC.</summary>
    public DateTimeOffset? Published { get; init; }

    /// <summary>Prices taken over.</summary>
    public int Rows { get; init; }

    /// <summary>Of those, not listed before.</summary>
    public int Added { get; init; }

    /// <summary>Of those, listed at another price before.</summary>
    public int Moved { get; init; }

    /// <summary>Listed by the refresh before, and no more.</summary>
    public int Gone { get; init; }

    /// <summary>Prices left as they were because they moved beyond reason.</summary>
    public int Absurd { get; init; }

    /// <summary>Products of it that could not be read.</summary>
    public int Skipped { get; init; }

    /// <summary>Why nothing of it was taken over, or null.</summary>
    public string? Problem { get; init; }
}

/// <summary>A price that moved.</summary>
/// <param name="Sku">Readable SKU.</param>
/// <param name="BeforeUsd">USD per unit before.</param>
/// <param name="AfterUsd">USD per unit now.</param>
/// <param name="Unit">What it buys one of.</param>
public sealed record PriceMove(string Sku, decimal BeforeUsd, decimal AfterUsd, string Unit)
{
    /// <summary>By which factor, above 1 either way.</summary>
    public decimal Factor => Math.Max(AfterUsd / BeforeUsd, BeforeUsd / AfterUsd);
}
