using DdocCost.Domain.Normalise;

namespace DdocCost.Domain.Ledger;

/// <summary>Something a record described and others refer to by name: an endpoint configuration, a launch template. Document.</summary>
public sealed record ResourceDefinition
{
    /// <summary><c>account/region/type/name</c>, unique per tenant.</summary>
    public required string Id { get; init; }

    /// <summary>Account.</summary>
    public required string AccountId { get; init; }

    /// <summary>What it describes, as the defining record told it.</summary>
    public required IReadOnlyList<ResourceChange> Changes { get; init; }

    /// <summary>When it was defined, UTC.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>eventId of the defining record.</summary>
    public required string EventId { get; init; }
}
