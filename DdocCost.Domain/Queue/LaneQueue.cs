using System.Text.Json;
using DdocCost.Domain.Storage;
using Npgsql;
using NpgsqlTypes;

namespace DdocCost.Domain.Queue;

/// <summary>
/// The lanes, on a connection of the caller's and in its transaction. Only the holder of a lane's lock may read, reset or delete there;
/// a sender must hold the row lock of each account it sends for, else messages become visible in another order than they were numbered.
/// </summary>
public static class LaneQueue
{
    /// <summary>A query of when each message was sent that waits in any lane, hidden ones included, whichever queue is in use.</summary>
    public static readonly string Waiting =
        string.Concat(Enumerable.Range(0, Lanes.Count).Select(lane => $"select enqueued_at from pgmq.q_{Lanes.QueueOf(lane)} union all ")) +
        "select enqueued_at from pipeline.sqs_messages where given_up_at is null";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>Adds to a batch: send these in order and announce the lane.</summary>
    public static void Send(NpgsqlBatch batch, int lane, IReadOnlyCollection<DeliveryPointer> pointers)
    {
        // The header is what pgmq's own FIFO readers group by; ours do not need it.
        var send = new NpgsqlBatchCommand("select count(*) from pgmq.send_batch($1, $2, $3)");
        send.Parameters.Add(new() { Value = Lanes.QueueOf(lane) });
        send.Parameters.Add(JsonArray(pointers.Select(pointer => JsonSerializer.Serialize(pointer, Json))));
        send.Parameters.Add(JsonArray(pointers.Select(GroupHeader)));
        batch.BatchCommands.Add(send);
    }

    /// <summary>Adds to a batch: wake up the consumers of these lanes when it commits.</summary>
    public static void Announce(NpgsqlBatch batch, IEnumerable<int> lanes)
    {
        var notify = new NpgsqlBatchCommand("select pg_notify($1, $2)");
        notify.Parameters.Add(new() { Value = Lanes.Channel });
        notify.Parameters.Add(new() { Value = string.Join(',', lanes) });
        batch.BatchCommands.Add(notify);
    }

    /// <summary>Tries to become the lane's only consumer, for as long as the connection lives or until <see cref="ReleaseAsync"/>.</summary>
    public static async Task<bool> TryTakeAsync(NpgsqlConnection connection, int lane, CancellationToken cancellationToken) =>
        await connection.ScalarAsync<bool>("select pg_try_advisory_lock($1)", cancellationToken, Lanes.LockOf(lane));

    /// <summary>Gives the lane up.</summary>
    public static async Task ReleaseAsync(NpgsqlConnection connection, int lane, CancellationToken cancellationToken) =>
        await connection.ExecuteAsync("select pg_advisory_unlock($1)", cancellationToken, Lanes.LockOf(lane));

    /// <summary>
    /// Makes every message visible again. On taking a lane: whatever is hidden there belongs to a consumer that is gone, and reading
    /// around it would break the order.
    /// </summary>
    public static async Task ResetAsync(NpgsqlConnection connection, int lane, CancellationToken cancellationToken) =>
        await connection.ExecuteAsync(
            $"select pgmq.set_vt($1, msg_id, 0) from pgmq.q_{Lanes.QueueOf(lane)} where vt > clock_timestamp()", // one by one: older versions have no other
            cancellationToken, Lanes.QueueOf(lane));

    /// <summary>Reads the next messages in order and hides them.</summary>
    public static async Task<List<LaneMessage>> ReadAsync(
        NpgsqlConnection connection, int lane, TimeSpan hide, int quantity, CancellationToken cancellationToken) =>
        await connection.QueryAsync(
            "select msg_id, read_ct, enqueued_at, message from pgmq.read($1, $2, $3) order by msg_id",
            row => new LaneMessage(
                row.GetInt64(0), row.GetInt32(1), row.GetFieldValue<DateTimeOffset>(2), JsonSerializer.Deserialize<DeliveryPointer>(row.GetString(3), Json)!),
            cancellationToken, Lanes.QueueOf(lane), (int)hide.TotalSeconds, quantity);

    /// <summary>Deletes messages that are done.</summary>
    /// <returns>How many were there; fewer than asked for means that somebody else has dealt with them.</returns>
    public static async Task<long> DeleteAsync(
        NpgsqlConnection connection, int lane, IReadOnlyCollection<long> ids, CancellationToken cancellationToken) =>
        await connection.ScalarAsync<long>(
            "select count(*) from pgmq.delete($1, $2)", cancellationToken, Lanes.QueueOf(lane), ids.ToArray());

    /// <summary>Moves a message to the lane's archive table, where nobody reads it again.</summary>
    public static async Task ArchiveAsync(NpgsqlConnection connection, int lane, long id, CancellationToken cancellationToken) =>
        await connection.ExecuteAsync("select pgmq.archive($1, $2)", cancellationToken, Lanes.QueueOf(lane), new[] { id });

    /// <summary>How many messages wait in a lane, hidden ones included.</summary>
    public static async Task<long> DepthAsync(NpgsqlConnection connection, int lane, CancellationToken cancellationToken) =>
        await connection.ScalarAsync<long>($"select count(*) from pgmq.q_{Lanes.QueueOf(lane)}", cancellationToken);

    private static string GroupHeader(DeliveryPointer pointer) =>
        JsonSerializer.Serialize(new Dictionary<string, string> { ["x-pgmq-group"] = $"{pointer.TenantId}/{pointer.AccountId}" });

    private static NpgsqlParameter JsonArray(IEnumerable<string> values) =>
        new() { Value = values.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Jsonb };
}
