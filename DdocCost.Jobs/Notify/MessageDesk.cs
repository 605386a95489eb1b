using DdocCost.Domain.Audit;
using DdocCost.Domain.Notify;
using DdocCost.Domain.Storage;
using Marten;
using Npgsql;

namespace DdocCost.Jobs.Notify;

/// <summary>What people do with messages: send again, let go or throw away what panic mode held.</summary>
public sealed class MessageDesk(NpgsqlDataSource database, IDocumentStore store, TimeProvider clock)
{
    /// <summary>Sends a message again that has come to an end, whatever end; under a key of its own, as it is meant to arrive again.</summary>
    /// <returns>Whether there was such a message.</returns>
    public Task<bool> ResendAsync(string tenantId, Guid id, Speaker by, CancellationToken cancellationToken) => ActAsync(
        tenantId, by, "message.resend", $"message/{id}",
        """
        insert into notify.messages (tenant_id, id, fact_seq, channel_id, thread_key, kind, state, due_at, queued_at, rule, resend_of)
        select tenant_id, $3, fact_seq, channel_id, thread_key, kind, 'queued', $4, $4, 'sent again by hand', coalesce(resend_of, id)
        from notify.messages where tenant_id = $1 and id = $2 and state in ('accepted', 'failed', 'discarded', 'superseded', 'collapsed')
        """,
        cancellationToken, id, OutboxFact.IdOf(id.ToString(), $"{clock.GetUtcNow():O}"), clock.GetUtcNow());

    /// <summary>Sends what panic mode held back.</summary>
    public Task<bool> SendHeldAsync(string tenantId, Speaker by, CancellationToken cancellationToken) => ActAsync(
        tenantId, by, "messages.send-held", "messages/held",
        "update notify.messages set state = 'queued', due_at = $2 where tenant_id = $1 and state = 'held' and held_by = 'panic'",
        cancellationToken, clock.GetUtcNow());

    /// <summary>Throws away what panic mode held back; it stays in the list and can be sent again one by one.</summary>
    public Task<bool> DiscardHeldAsync(string tenantId, Speaker by, CancellationToken cancellationToken) => ActAsync(
        tenantId, by, "messages.discard-held", "messages/held",
        "update notify.messages set state = 'discarded' where tenant_id = $1 and state = 'held' and held_by = 'panic'", cancellationToken);

    private async Task<bool> ActAsync(
        string tenantId, Speaker by, string action, string subject, string sql, CancellationToken cancellationToken, params object[] parameters)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var rows = await connection.ExecuteAsync(sql, cancellationToken, [tenantId, .. parameters]);
        if (rows == 0)
        {
            return false;
        }

        var options = Marten.Services.SessionOptions.ForTransaction(transaction);
        options.TenantId = tenantId;
        await using var session = store.LightweightSession(options);
        session.Store(AuditEntry.Of(clock.GetUtcNow(), by.Name, by.Mouth, action, subject, $"{rows} messages"));
        await session.SaveChangesAsync(cancellationToken);
        await Outbox.AnnounceAsync(connection, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }
}
