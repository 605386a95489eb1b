using System.Collections.Concurrent;
using Marten;

namespace DdocCost.App.Ingest.Push;

/// <summary>Remembers refusals, so that a page can tell why nothing arrives.</summary>
internal sealed class PushTroubles(IDocumentStore store, TimeProvider clock)
{
    private static readonly TimeSpan AtMostEvery = TimeSpan.FromSeconds(10);

    // One entry for a source there is; nobody can invent ids, because only known sources get here.
    private readonly ConcurrentDictionary<string, DateTimeOffset> _last = [];

    /// <summary>Remembers one.</summary>
    public async Task RememberAsync(string tenantId, string id, string reason, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var key = $"{tenantId}/{id}/{reason.Length}";
        if (_last.TryGetValue(key, out var last) && now - last < AtMostEvery)
        {
            return;
        }

        _last[key] = now;
        await using var session = store.LightweightSession(tenantId);
        session.Store(new PushTrouble(id, now, reason));
        await session.SaveChangesAsync(cancellationToken);
    }
}
