using DdocCost.Domain.Storage;
using Npgsql;

namespace DdocCost.Jobs.Notify;

/// <summary>Lets go of what was told long ago.</summary>
internal static class OutboxUpkeep
{
    /// <summary>How long messages stay in the list.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(90);

    /// <summary>Deletes what is older and has come to an end.</summary>
    /// <returns>How many messages.</returns>
    public static async Task<int> DeleteAsync(NpgsqlConnection connection, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var before = now - Kept;
        var messages = await connection.ExecuteAsync(
            "delete from notify.messages where queued_at < $1 and state not in ('queued', 'held', 'sending')", cancellationToken, before);
        foreach (var sql in (string[])
            [
                "delete from notify.facts f where written_at < $1 and routed_at is not null and not exists (select from notify.messages m where m.fact_seq = f.seq)",
                "delete from notify.escalations where done_at < $1",
                "delete from notify.alarms where over_at < $1",
                """
                delete from notify.threads t where not exists (select from notify.messages m
                    where m.tenant_id = t.tenant_id and m.channel_id = t.channel_id and m.thread_key = t.thread_key) and $1 is not null
                """,
            ])
        {
            await connection.ExecuteAsync(sql, cancellationToken, before);
        }

        return messages;
    }
}
