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

    private long Most => options.Value.MaxConcurrentBytes;

    /// <summary>Asks for room for a body.</summary>
    /// <returns>Dispose it when the body is gone; null where there is no room.</returns>
    public Room? TryReserve(long bytes)
    {
        var room = new Room(this);
        return room.TryGrow(bytes) ? room : null;
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

    /// <summary>Room that one request has.</summary>
    internal sealed class Room(Pressure pressure) : IDisposable
    {
        private long _bytes;

        /// <summary>Asks for more. What is larger than all room together gets it when nothing else is there.</summary>
        /// <returns>false where there is no more; what was there stays.</returns>
        public bool TryGrow(long bytes)
        {
            if (Interlocked.Add(ref pressure._bytes, bytes) > Math.Max(pressure.Most, _bytes + bytes))
            {
                Interlocked.Add(ref pressure._bytes, -bytes);
                return false;
            }

            _bytes += bytes;
            return true;
        }

        /// <inheritdoc/>
        public void Dispose() => Interlocked.Add(ref pressure._bytes, -Interlocked.Exchange(ref _bytes, 0));
    }
}
