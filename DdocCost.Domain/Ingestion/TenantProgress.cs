namespace DdocCost.Domain.Ingestion;

/// <summary>Where a tenant's accounts stand.</summary>
/// <param name="Backlog">Parts of deliveries that are in the queue.</param>
/// <param name="Priced">Cost-bearing records with a known price.</param>
/// <param name="Unpriced">Cost-bearing records without one.</param>
/// <param name="Free">Records that cost nothing.</param>
/// <param name="Quarantined">Pieces that cannot be read, or not as what they say they are.</param>
/// <param name="Duplicates">Cost-bearing records that another delivery had brought before.</param>
public sealed record TenantProgress(long Backlog, long Priced, long Unpriced, long Free, long Quarantined, long Duplicates)
{
    /// <summary>Priced or not.</summary>
    public long CostBearing => Priced + Unpriced;

    /// <summary>Everything that was read to its end.</summary>
    public long Records => CostBearing + Free + Quarantined + Duplicates;

    /// <summary>What came to it since an earlier moment.</summary>
    public TenantProgress Since(TenantProgress earlier) => new(
        Backlog, Priced - earlier.Priced, Unpriced - earlier.Unpriced, Free - earlier.Free, Quarantined - earlier.Quarantined,
        Duplicates - earlier.Duplicates);
}
