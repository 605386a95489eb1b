using DdocCost.Domain.Queue;

namespace DdocCost.Domain.Ingestion;

/// <summary>Whether a record of this source and name can cost money at all.</summary>
public delegate bool MayCost(ReadOnlySpan<byte> eventSource, ReadOnlySpan<byte> eventName);

/// <summary>
/// Hands the few records that may cost money from the intake to the scorer of the same process, so that a delivery is unpacked and parsed once
/// and not twice. A convenience only, bounded and lost with the process: what is durable is the archive, and the scorer reads there
/// what it does not find here.
/// </summary>
/// <param name="mayCost">Which records to keep.</param>
/// <param name="clock">Tells what nobody came for.</param>
/// <param name="capacity">Bytes of records held at most; beyond, deliveries are left to the archive.</param>
public sealed class RecordHandOver(MayCost mayCost, TimeProvider clock, long capacity = RecordHandOver.DefaultCapacity)
{
    /// <summary>Enough for some 35,000 cost events, more than a million records of a usual trail.</summary>
    public const long DefaultCapacity = 64 * 1024 * 1024;

    /// <summary>After this long a delivery is scored by another process, or already from the archive.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Lock _lock = new();
    private readonly Dictionary<(string Tenant, string Key), Offered> _offered = [];
    private readonly Queue<(string Tenant, string Key)> _byAge = [];
    private long _bytes;

    /// <summary>Bytes of records held at this moment.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>Begins to listen to a delivery that is read.</summary>
    /// <returns>Null where there is no room.</returns>
    internal HeldRecords? Listen()
    {
        lock (_lock)
        {
            DropForgotten();
            return _bytes < capacity ? new HeldRecords(mayCost) : null;
        }
    }

    /// <summary>Lays a delivery's records out under its pointer. Before the pointer can be seen, else the scorer comes too early.</summary>
    internal void Offer(DeliveryPointer delivery, HeldRecords records)
    {
        lock (_lock)
        {
            if (_offered.TryAdd((delivery.TenantId, delivery.ArchiveKey), new Offered(records, clock.GetUtcNow())))
            {
                _byAge.Enqueue((delivery.TenantId, delivery.ArchiveKey));
                _bytes += records.Bytes;
            }
        }
    }

    /// <summary>Takes what was laid out for a pointer; null where there is nothing (any more).</summary>
    public HeldRecords? Take(DeliveryPointer delivery)
    {
        lock (_lock)
        {
            return Remove((delivery.TenantId, delivery.ArchiveKey));
        }
    }

    private HeldRecords? Remove((string, string) key)
    {
        if (!_offered.Remove(key, out var offered))
        {
            return null;
        }

        _bytes -= offered.Records.Bytes;
        return offered.Records;
    }

    private void DropForgotten()
    {
        var before = clock.GetUtcNow() - Patience;
        while (_byAge.TryPeek(out var oldest) && (!_offered.TryGetValue(oldest, out var offered) || offered.At < before))
        {
            Remove(oldest);
            _byAge.Dequeue();
        }
    }

    private sealed record Offered(HeldRecords Records, DateTimeOffset At);
}
