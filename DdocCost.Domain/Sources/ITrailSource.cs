using DdocCost.Domain.Ingestion;

namespace DdocCost.Domain.Sources;

/// <summary>
/// A way by which records reach us, as far as we go and get them. Its read position is durable and moves only after what lies before it is;
/// read twice from the same position, by two processes or after a crash, it does no harm, because nothing counts twice.
/// </summary>
public interface ITrailSource
{
    /// <summary>Unique per tenant; position, status and tally go by it.</summary>
    string Id { get; }

    /// <summary>Looks once: takes in what is there, up to some hundred deliveries, and returns.</summary>
    /// <exception cref="IOException">It cannot be read. Sources of AWS throw their own.</exception>
    Task<SourceReading> ReadAsync(CancellationToken cancellationToken);
}

/// <summary>What a look at a source brought.</summary>
/// <param name="Taken">What was taken in.</param>
public sealed record SourceReading(IntakeOutcome Taken)
{
    /// <summary>More is waiting: look again at once.</summary>
    public bool HasMore { get; init; }

    /// <summary>When there is no more: how long until the next look.</summary>
    public TimeSpan Rest { get; init; }

    /// <summary>Things that wait there, files or messages, as far as known.</summary>
    public long? Waiting { get; init; }

    /// <summary>How far a long first reading is, for a person; null where there is none.</summary>
    public string? Progress { get; init; }

    /// <summary>Something that went wrong without stopping the rest, for a person; null for nothing.</summary>
    public string? Problem { get; init; }
}
