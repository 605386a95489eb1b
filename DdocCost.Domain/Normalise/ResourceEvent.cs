namespace DdocCost.Domain.Normalise;

/// <summary>A CloudTrail record understood: who changed which resources, when and where. Independent of the record's memory.</summary>
public sealed record ResourceEvent
{
    /// <summary>Identity of the record, unique per tenant (see <c>RawRecord.Key</c>).</summary>
    public required Guid Key { get; init; }

    /// <summary>The record's eventID as written, or the derived key where it has none.</summary>
    public required string EventId { get; init; }

    /// <summary>When it happened, UTC (eventTime).</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>The account that pays, 12 digits, or <c>unknown</c>.</summary>
    public required string AccountId { get; init; }

    /// <summary>AWS region, such as <c>eu-west-1</c>; empty where the record does not say.</summary>
    public required string Region { get; init; }

    /// <summary>eventSource without <c>.amazonaws.com</c>, such as <c>ec2</c>.</summary>
    public required string Service { get; init; }

    /// <summary>The API operation, such as <c>RunInstances</c>.</summary>
    public required string EventName { get; init; }

    /// <summary>Who did it.</summary>
    public required Actor Actor { get; init; }

    /// <summary>sourceIPAddress as recorded, or null.</summary>
    public string? SourceIp { get; init; }

    /// <summary>userAgent as recorded, at most 256 characters, or null.</summary>
    public string? UserAgent { get; init; }

    /// <summary>errorCode where the call was refused, else null.</summary>
    public string? ErrorCode { get; init; }

    /// <summary>The action of the weightiest change; <see cref="ResourceAction.None"/> for a refused call.</summary>
    public required ResourceAction Action { get; init; }

    /// <summary>What changed. For a refused call: what would have. Never empty.</summary>
    public required IReadOnlyList<ResourceChange> Changes { get; init; }

    /// <summary>Tags that the call gave to what it started or tagged, or null.</summary>
    public IReadOnlyDictionary<string, string>? Tags { get; init; }

    /// <summary>Keys of tags that the call took away, or null.</summary>
    public IReadOnlyList<string>? TagsRemoved { get; init; }

    /// <summary>Remarks on how the record was read, or null.</summary>
    public string? Note { get; init; }

    /// <summary>Where the raw record can be read again: archive object (or file) and position in it.</summary>
    public RecordLocation? Location { get; init; }
}

/// <summary>Where a raw record lies.</summary>
/// <param name="Source">Archive key, or file path in a replay.</param>
/// <param name="Position">Index of the record in it, from 0.</param>
public sealed record RecordLocation(string Source, long Position);
