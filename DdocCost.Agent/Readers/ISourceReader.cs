namespace DdocCost.Agent.Readers;

/// <summary>Something that is read for ever: looks for news, gives them to the spool, and only then moves its position.</summary>
internal interface ISourceReader
{
    /// <summary>How it does.</summary>
    SourceState State { get; }

    /// <summary>Looks once and takes what is new.</summary>
    /// <returns>Whether there may be more at once.</returns>
    Task<bool> LookAsync(Outbox outbox, CancellationToken cancellationToken);
}

/// <summary>How a source does, for the health report. Written by its reader, read by the uplink.</summary>
internal sealed class SourceState(string source)
{
    private long _items;

    /// <summary>As in the configuration.</summary>
    public string Source { get; } = source;

    /// <summary>When it was looked at last.</summary>
    public DateTimeOffset? LookedAt { get; set; }

    /// <summary>Age of the newest thing when it was read.</summary>
    public TimeSpan? Lag { get; set; }

    /// <summary>Why the last look failed; null for nothing.</summary>
    public string? Error { get; set; }

    /// <summary>Files, objects or messages read.</summary>
    public ulong Items => (ulong)Interlocked.Read(ref _items);

    /// <summary>Counts.</summary>
    public void Read(int count, DateTimeOffset? newest)
    {
        Interlocked.Add(ref _items, count);
        Lag = newest is { } at ? DateTimeOffset.UtcNow - at : Lag;
    }
}
