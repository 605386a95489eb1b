using DdocCost.Domain.Ledger;

namespace DdocCost.Domain.Scoring;

/// <summary>A cost-bearing (or refused) CloudTrail record as kept: understood, priced and scored. Document; unique by the record's key.</summary>
public sealed record CostEvent
{
    /// <summary>The record's key; the same record through two sources is one cost event.</summary>
    public required Guid Id { get; init; }

    /// <summary>Account.</summary>
    public required string AccountId { get; init; }

    /// <summary>When it happened, UTC.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>When it was scored here, UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>How loud the verdict was.</summary>
    public required Severity Severity { get; init; }

    /// <summary>Event and cost.</summary>
    public required CostedEvent Costed { get; init; }

    /// <summary>What the scorer said, with the numbers.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>The case it joined, or null.</summary>
    public string? CaseId { get; init; }
}
