namespace DdocCost.App.Ingest.Agents;

/// <summary>What an agent said of itself last, and how far it is. Document of its tenant.</summary>
public sealed record AgentReport
{
    /// <summary>The agent.</summary>
    public required string Id { get; init; }

    /// <summary>The spool that <see cref="AcknowledgedSequence"/> counts in.</summary>
    public string SpoolId { get; init; } = "";

    /// <summary>Everything up to it is durable. Never ahead of the truth; after a crash it may lag behind it.</summary>
    public long AcknowledgedSequence { get; init; }

    /// <summary>When it was heard of last, UTC.</summary>
    public required DateTimeOffset HeardAt { get; init; }

    /// <summary>Its build.</summary>
    public string AgentVersion { get; init; } = "";

    /// <summary>The filter it uses.</summary>
    public string FilterVersion { get; init; } = "";

    /// <summary>Bytes waiting on its disk.</summary>
    public long SpoolBytes { get; init; }

    /// <summary>Most that may wait there.</summary>
    public long SpoolLimitBytes { get; init; }

    /// <summary>When the oldest of what waits was read, UTC; null for nothing waiting.</summary>
    public DateTimeOffset? Oldest { get; init; }

    /// <summary>Records it left out since its start.</summary>
    public long Dropped { get; init; }

    /// <summary>Pieces of its spool that it could not read.</summary>
    public long Damaged { get; init; }

    /// <summary>What keeps it from working; empty for nothing.</summary>
    public string Error { get; init; } = "";

    /// <summary>Its sources.</summary>
    public IReadOnlyList<AgentSource> Sources { get; init; } = [];
}

/// <summary>A source of an agent.</summary>
/// <param name="Source">As configured there.</param>
/// <param name="LookedAt">When it was looked at last, UTC.</param>
/// <param name="Lag">Age of the newest thing when it was read.</param>
/// <param name="Items">Files, objects or messages read since its start.</param>
/// <param name="Error">Why the last look failed; empty for nothing.</param>
public sealed record AgentSource(string Source, DateTimeOffset? LookedAt, TimeSpan? Lag, long Items, string Error);
