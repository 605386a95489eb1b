namespace DdocCost.Domain.Ledger;

/// <summary>
/// Remembers the end of a resource for a while, so that a record of its start that is delivered late does not bring it back. Document;
/// bounded per account (<see cref="ResourceLedger.MaxEnded"/>).
/// </summary>
public sealed record EndedResource
{
    /// <summary>Same form as <see cref="RunningResource.Id"/>, unique per tenant.</summary>
    public required string Id { get; init; }

    /// <summary>Account.</summary>
    public required string AccountId { get; init; }

    /// <summary>Event time of its latest end, UTC.</summary>
    public required DateTimeOffset EndedAt { get; init; }

    /// <summary>It was only paused: a late start enters it as paused.</summary>
    public bool Paused { get; init; }
}
