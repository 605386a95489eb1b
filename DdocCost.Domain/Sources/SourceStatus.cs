namespace DdocCost.Domain.Sources;

/// <summary>How a source is doing, in terms a person understands. Document.</summary>
public sealed record SourceStatus
{
    /// <summary>The source, such as <c>folder:/var/trail</c>; unique per tenant.</summary>
    public required string Id { get; init; }

    /// <summary>When it was looked at last, UTC, to the minute while nothing happens.</summary>
    public required DateTimeOffset CheckedAt { get; init; }

    /// <summary>Log files there at that time.</summary>
    public int FilesSeen { get; init; }

    /// <summary>Files that are still being written, or wait for the next look.</summary>
    public int FilesWaiting { get; init; }

    /// <summary>When something new was taken last, UTC; null for never.</summary>
    public DateTimeOffset? LastDeliveryAt { get; init; }

    /// <summary>Deliveries taken so far.</summary>
    public long Deliveries { get; init; }

    /// <summary>Readable records in them.</summary>
    public long Records { get; init; }

    /// <summary>Pieces of them that are not readable records.</summary>
    public long Rejected { get; init; }

    /// <summary>What went wrong at the last look, or null.</summary>
    public string? Error { get; init; }
}
