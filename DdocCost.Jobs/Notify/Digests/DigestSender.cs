using DdocCost.Domain.Access;
using DdocCost.Domain.Notify;
using DdocCost.Domain.Notify.Digests;
using DdocCost.Domain.Storage;
using Marten;
using Npgsql;

namespace DdocCost.Jobs.Notify.Digests;

/// <summary>Sends the digests that are due: each period once, what was missed in one.</summary>
public sealed class DigestSender(DigestReader reader, NpgsqlDataSource database, IDocumentStore store, TimeProvider clock)
{
    /// <summary>Looks at all subscriptions of all tenants.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var tenants = await connection.QueryAsync("select distinct tenant_id from mt_doc_digest_subscriptions", row => row.GetString(0), cancellationToken);
        foreach (var tenant in tenants)
        {
            await using var session = store.QuerySession(tenant);
            foreach (var subscription in await session.Query<DigestSubscription>().Where(one => one.Enabled).ToListAsync(cancellationToken))
            {
                if (subscription.Due(clock.GetUtcNow()) is { } period)
                {
                    await SendAsync(tenant, subscription, period.From, period.To, cancellationToken);
                }
            }
        }
    }

    /// <summary>Sends the digest of the time since the last one, now; the schedule goes on as if it had not been.</summary>
    public async Task SendNowAsync(string tenantId, DigestSubscription subscription, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await using var session = store.LightweightSession(tenantId);
        Outbox.Write(session, [await FactAsync(tenantId, subscription, subscription.Latest(now.AddTicks(-1)), now, cancellationToken)]);
        await session.SaveChangesAsync(cancellationToken);
    }

    /// <summary>Sends the digest of a period and keeps that it was sent until its end.</summary>
    public async Task SendAsync(string tenantId, DigestSubscription subscription, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        // The fact's id is the period's end: two processes that both find it due write one. Kept together with how far it was sent.
        await using var session = store.LightweightSession(tenantId);
        Outbox.Write(session, [await FactAsync(tenantId, subscription, from, to, cancellationToken)]);
        session.Store(subscription with { SentUntil = to });
        await session.SaveChangesAsync(cancellationToken);
    }

    private async Task<OutboxFact> FactAsync(string tenantId, DigestSubscription subscription, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken) => new()
    {
        Id = OutboxFact.IdOf(tenantId, subscription.Id, "digest", $"{to.ToUniversalTime():O}"),
        TenantId = tenantId,
        Notice = new DigestNotice { Digest = DigestWriter.Write(await reader.ReadAsync(Sight.OfAll(tenantId), from, to, subscription.TimeZone, cancellationToken)) },
        Targets = [subscription.ChannelId],
        WrittenAt = clock.GetUtcNow(),
    };
}
