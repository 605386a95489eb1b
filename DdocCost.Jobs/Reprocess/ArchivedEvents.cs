using DdocCost.Domain.Ingestion;
using DdocCost.Domain.Normalise;
using DdocCost.Domain.Queue;
using DdocCost.Jobs.Scoring;

namespace DdocCost.Jobs.Reprocess;

/// <summary>What the archive says of an account's events of some time, with the catalogue of now.</summary>
internal sealed class ArchivedEvents
{
    /// <summary>A record lies in an hour of the archive at or after its own; longer after than this, only a stored event leads to it.</summary>
    private static readonly TimeSpan Late = TimeSpan.FromDays(8);
    private static readonly TimeSpan Early = TimeSpan.FromDays(1); // clocks

    private readonly Dictionary<Guid, ResourceEvent> _events = [];
    private readonly HashSet<string> _read = [];

    private ArchivedEvents()
    {
    }

    /// <summary>Events by key.</summary>
    public IReadOnlyDictionary<Guid, ResourceEvent> Events => _events;

    /// <summary>Whether an object was read; what of it is no event now is none.</summary>
    public bool HasRead(string archiveKey) => _read.Contains(archiveKey);

    /// <summary>Reads.</summary>
    /// <param name="archive">The archive.</param>
    /// <param name="inventory">What lies in it.</param>
    /// <param name="catalogue">What costs money.</param>
    /// <param name="scope">Whose events of what time.</param>
    /// <param name="locations">Where the events that are stored lie: read before others, so that each is found where it was found the first time.</param>
    /// <param name="progress">Told of each object read.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="ArchiveUnavailableException">The archive cannot be reached.</exception>
    public static async Task<ArchivedEvents> ReadAsync(
        IRawArchive archive, IArchiveInventory inventory, EventCatalogue catalogue, ReprocessScope scope, IEnumerable<string> locations,
        Func<Task> progress, CancellationToken cancellationToken)
    {
        var found = new ArchivedEvents();
        var (from, to) = (Shifted(scope.From, -Early), Shifted(scope.To, Late));
        foreach (var key in locations)
        {
            await found.ReadAsync(archive, catalogue, scope, key, progress, cancellationToken);
        }

        await foreach (var o in inventory.ObjectsAsync(scope.TenantId, scope.AccountId, from, to, cancellationToken))
        {
            await found.ReadAsync(archive, catalogue, scope, o.Key, progress, cancellationToken);
        }

        return found;
    }

    private static DateTimeOffset Shifted(DateTimeOffset moment, TimeSpan by) =>
        by < TimeSpan.Zero ? moment - DateTimeOffset.MinValue > -by ? moment + by : DateTimeOffset.MinValue
        : DateTimeOffset.MaxValue - moment > by ? moment + by : DateTimeOffset.MaxValue;

    private async Task ReadAsync(
        IRawArchive archive, EventCatalogue catalogue, ReprocessScope scope, string key, Func<Task> progress, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (!_read.Add(key))
        {
            return;
        }

        await progress();
        ObjectReading reading;
        try
        {
            reading = await ObjectReading.OfAsync(new DeliveryPointer(scope.TenantId, scope.AccountId, 0, key, key, 0), archive, catalogue, cancellationToken);
        }
        catch (IOException error) when (error is not ArchiveUnavailableException)
        {
            _read.Remove(key); // gone by retention: its events stay as they are
            return;
        }

        foreach (var e in reading.Events.Where(e => e.Time >= scope.From && e.Time < scope.To))
        {
            _events.TryAdd(e.Key, e);
        }
    }
}

/// <summary>What is to be reprocessed of an account.</summary>
/// <param name="TenantId">Tenant.</param>
/// <param name="AccountId">Account.</param>
/// <param name="From">Events from then on, UTC.</param>
/// <param name="To">Events before then, UTC.</param>
internal sealed record ReprocessScope(string TenantId, string AccountId, DateTimeOffset From, DateTimeOffset To)
{
    /// <summary>Whether an event of this time is.</summary>
    public bool Holds(DateTimeOffset time) => time >= From && time < To;
}
