using JasperFx;
using Marten;
using Marten.Exceptions;
using Microsoft.Extensions.Options;

namespace DdocCost.App.Ingest.Webhook;

/// <summary>Remembers used signatures in the database, so that a replay is refused by every process and after a restart.</summary>
internal sealed class SignatureMemory(IDocumentStore store, IOptions<IngestOptions> options, TimeProvider clock)
{
    private static readonly TimeSpan SweepEvery = TimeSpan.FromMinutes(1);
    private long _sweptAt;

    /// <summary>Remembers one.</summary>
    /// <returns>false where it was used before.</returns>
    public async Task<bool> TryUseAsync(string id, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await using var session = store.LightweightSession();
        session.Insert(new SeenSignature(id, now + 2 * options.Value.ReplayWindow));
        if (IsTimeToSweep(now))
        {
            session.DeleteWhere<SeenSignature>(seen => seen.Until < now);
        }

        try
        {
            await session.SaveChangesAsync(cancellationToken);
            return true;
        }
        catch (DocumentAlreadyExistsException)
        {
            return false;
        }
    }

    /// <summary>Forgets one whose request could not be taken, so that it can be sent again.</summary>
    public async Task ForgetAsync(string id)
    {
        await using var session = store.LightweightSession();
        session.Delete<SeenSignature>(id);
        await session.SaveChangesAsync(CancellationToken.None);
    }

    private bool IsTimeToSweep(DateTimeOffset now)
    {
        var last = Interlocked.Read(ref _sweptAt);
        return now.UtcTicks - last > SweepEvery.Ticks && Interlocked.CompareExchange(ref _sweptAt, now.UtcTicks, last) == last;
    }
}
