using System.Collections.Concurrent;
using Marten;

namespace DdocCost.App.Ingest.Push;

/// <summary>Looks push sources up by id. Remembered for two seconds: a busy sender must not be a query each time, and one that is revoked ends soon.</summary>
internal sealed class PushSources(IDocumentStore store, TimeProvider clock)
{
    private static readonly TimeSpan Remembered = TimeSpan.FromSeconds(2);
    private const int MostRemembered = 10_000;

    private readonly ConcurrentDictionary<string, (PushSource? Source, DateTimeOffset Until)> _known = [];

    /// <summary>The source of an id, or null.</summary>
    public async Task<PushSource?> FindAsync(string id, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (_known.TryGetValue(id, out var known) && now < known.Until)
        {
            return known.Source;
        }

        await using var session = store.QuerySession();
        var source = await session.LoadAsync<PushSource>(id, cancellationToken);
        if (_known.Count >= MostRemembered)
        {
            _known.Clear(); // somebody tries ids
        }

        _known[id] = (source, now + Remembered);
        return source;
    }

    /// <summary>Forgets what was changed.</summary>
    public void Forget(string id) => _known.TryRemove(id, out _);
}
