using System.Collections.Concurrent;
using DdocCost.Jobs.Live;

namespace DdocCost.Tests.Support;

/// <summary>A live feed that only remembers.</summary>
public sealed class RecordedLive : ILivePublisher
{
    /// <summary>What was published, in order.</summary>
    public ConcurrentQueue<LiveUpdate> Updates { get; } = new();

    public ValueTask PublishAsync(LiveUpdate update)
    {
        Updates.Enqueue(update);
        return ValueTask.CompletedTask;
    }
}
