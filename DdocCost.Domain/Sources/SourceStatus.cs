namespace DdocCost.Domain.Sources;

/// <summary>How a source is doing, in terms a person understands. What it has brought is in its <see cref="Ingestion.SourceTally"/>. Document.</summary>
public sealed record SourceStatus
{
    /// <summary>The source, such as <c>folder:/var/trail</c>; unique per tenant.</summary>
    public required string Id { get; init; }

    /// <summary>When it was looked at last, UTC, to the minute while nothing happens.</summary>
    public required DateTimeOffset CheckedAt { get; init; }

    /// <summary>What it is doing.</summary>
    public SourceState State { get; init; }

    /// <summary>Things that wait there, files or messages; null where that is not known.</summary>
    public long? Waiting { get; init; }

    /// <summary>How far a long first reading is; null where there is none.</summary>
    public string? Progress { get; init; }

    /// <summary>What went wrong at the last look, or null.</summary>
    public string? Error { get; init; }

    /// <summary>Since when every look has failed, UTC; null while they do not.</summary>
    public DateTimeOffset? FailingSince { get; init; }

    /// <summary>Looks that failed, one after the other.</summary>
    public int Failures { get; init; }

    /// <summary>This status after a look.</summary>
    public SourceStatus After(SourceReading reading, DateTimeOffset now) => this with
    {
        CheckedAt = now,
        State = reading.Progress is null ? SourceState.Reading : SourceState.CatchingUp,
        Waiting = reading.Waiting,
        Progress = reading.Progress,
        Error = reading.Problem,
        FailingSince = null,
        Failures = 0,
    };

    /// <summary>This status after a look that failed.</summary>
    public SourceStatus Failed(string reason, DateTimeOffset now) => this with
    {
        CheckedAt = now, State = SourceState.Failing, Error = reason, FailingSince = FailingSince ?? now, Failures = Failures + 1,
    };
}

/// <summary>What a source is doing.</summary>
public enum SourceState
{
    /// <summary>Up to date: what comes is read as it comes.</summary>
    Reading = 0,

    /// <summary>Reading history, or what came while it stood still.</summary>
    CatchingUp,

    /// <summary>Waiting for the scoring of what was read: it reads no faster than that.</summary>
    HeldBack,

    /// <summary>Paused by a person.</summary>
    Paused,

    /// <summary>It cannot be read; tried again and again.</summary>
    Failing,
}
