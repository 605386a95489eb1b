using DdocCost.Domain.Normalise;

namespace DdocCost.Domain.Ledger;

/// <summary>
/// A resource that runs now (or was paused and can be started again), as CloudTrail showed it. Document. A resource that is billed in
/// several parts (the data and the master nodes of a domain) is one document a part.
/// </summary>
public sealed record RunningResource
{
    /// <summary><c>account/region/resource type/resource id</c>, from the second part on with <c>#2</c>, …; unique per tenant.</summary>
    public required string Id { get; init; }

    /// <summary>Owning account.</summary>
    public required string AccountId { get; init; }

    /// <summary>Id as AWS gave it.</summary>
    public required string ResourceId { get; init; }

    /// <summary>AWS region.</summary>
    public required string Region { get; init; }

    /// <summary>Service, such as <c>ec2</c>.</summary>
    public required string Service { get; init; }

    /// <summary>service:kind, such as <c>ec2:instance</c>.</summary>
    public required string ResourceType { get; init; }

    /// <summary>Size, such as <c>m5.large</c>, or null.</summary>
    public string? Size { get; init; }

    /// <summary>What else sets its price.</summary>
    public ResourceTraits Traits { get; init; } = ResourceTraits.None;

    /// <summary>Units behind this id (nodes of a cluster).</summary>
    public decimal Quantity { get; init; } = 1;

    /// <summary>Rate in USD per hour, or null where unknown. While paused: what is paid nevertheless (storage), or 0.</summary>
    public decimal? UsdPerHour { get; init; }

    /// <summary>When it started, UTC.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>When it will end by itself at the latest, UTC (a training job's limit), or null.</summary>
    public DateTimeOffset? EndsBy { get; init; }

    /// <summary>When it was stopped with the possibility to start it again (StopInstances, PauseCluster), UTC; null while it runs.</summary>
    public DateTimeOffset? PausedAt { get; init; }

    /// <summary>Who started it.</summary>
    public required Actor StartedBy { get; init; }

    /// <summary>eventId of the record that started it.</summary>
    public required string StartedByEvent { get; init; }

    /// <summary>A scan found it: it ran before <see cref="Since"/>, and who started it was not seen.</summary>
    public bool IsFound { get; init; }

    /// <summary>What owns it, or null.</summary>
    public string? Owner { get; init; }

    /// <summary>Tags it was made with, or null; what was tagged later is not followed.</summary>
    public IReadOnlyDictionary<string, string>? Tags { get; init; }
}
