using System.Collections.Concurrent;
using DdocCost.Domain.Ingestion;
using Microsoft.Extensions.Options;

namespace DdocCost.App.Ingest;

/// <summary>Tells senders to wait when memory or the queue is full, before either gets worse.</summary>
internal sealed class Pressure(IntakeStore store, IOptions<IngestOptions> options, TimeProvider clock)
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, (long Backlog, DateTimeOffset Until)> _backlogs = [];
    private long _bytes;

    /// <summary>Bytes of bodies held at this moment.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>Asks for room for a body.</summary>
    /// <returns>Dispose it when the body is gone; null where there is no room.</returns>
    public IDisposable? TryReserve(long bytes)
    {
        if (Interlocked.Add(ref _bytes, bytes) > Math.Max(options.Value.MaxConcurrentBytes, bytes))
        {
            Interlocked.Add(ref _bytes, -bytes);
            return null;
        }

        return new Room(this, bytes);
    }

    /// <summary>Whether so much of a tenant waits to be scored that more should come later.</summary>
    public async Task<bool> IsBacklogFullAsync(string tenantId, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (!_backlogs.TryGetValue(tenantId, out var known) || now >= known.Until)
        {
            known = ((await store.ProgressAsync(tenantId, cancellationToken)).Backlog, now + Look);
            _backlogs[tenantId] = known;
        }

        return known.Backlog >= options.Value.MaxBacklog;
    }

    private sealed class Room(Pressure pressure, long bytes) : IDisposable
    {
        private long _bytes = bytes;

        public void Dispose() => Interlocked.Add(ref pressure._bytes, -Interlocked.Exchange(ref _bytes, 0));
    }
}
