using DdocCost.Domain.Storage;
using Npgsql;

namespace DdocCost.Domain.Queue;

/// <summary>Sends one thing through an account's lane, in order with its deliveries, in a transaction of the caller's.</summary>
public static class AccountLane
{
    /// <summary>Name under which a decision travels.</summary>
    public const string Decision = "decision";

    /// <summary>Takes the account's next number, and with it its row until the end of the transaction: whoever else sends for it waits.</summary>
    public static async Task<long> NextAsync(NpgsqlConnection connection, string tenantId, string accountId, CancellationToken cancellationToken) =>
        await connection.ScalarAsync<long>(
            """
            insert into pipeline.accounts as a (tenant_id, account_id, sent_seq) values ($1, $2, 1)
            on conflict (tenant_id, account_id) do update set sent_seq = a.sent_seq + 1 returning sent_seq
            """,
            cancellationToken, tenantId, accountId);

    /// <summary>Sends a decision under a number that <see cref="NextAsync"/> gave.</summary>
    public static async Task SendAsync(
        IEventQueue queue, NpgsqlConnection connection, string tenantId, string accountId, long sequence, string decision, CancellationToken cancellationToken)
    {
        var lane = Lanes.Of(tenantId, accountId);
        await using var batch = connection.CreateBatch();
        queue.Send(batch, lane, [new DeliveryPointer(tenantId, accountId, sequence, "", Decision, 0) { Decision = decision }]);
        LaneQueue.Announce(batch, [lane]);
        await batch.ExecuteNonQueryAsync(cancellationToken);
    }
}
