namespace DdocCost.Domain.Ingestion;

/// <summary>A rejected piece of a delivery as kept for a person to look at. Document.</summary>
public sealed record QuarantinedRecord
{
    /// <summary>Derived from delivery content and position, so that a redelivery does not add another.</summary>
    public required Guid Id { get; init; }

    /// <summary>Account, where known.</summary>
    public required string AccountId { get; init; }

    /// <summary>Where, why and how it began.</summary>
    public required RejectedRecord Rejected { get; init; }

    /// <summary>When it was found, UTC.</summary>
    public required DateTimeOffset FoundAt { get; init; }
}
