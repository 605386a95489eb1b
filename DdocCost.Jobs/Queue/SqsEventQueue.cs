using System.Text.Json;
using DdocCost.Domain.Queue;
using DdocCost.Domain.Storage;
using DdocCost.Jobs.Aws;
using Microsoft.Extensions.Options;
using Npgsql;
using NpgsqlTypes;

namespace DdocCost.Jobs.Queue;

/// <summary>
/// The lanes as queues of SQS FIFO. A message is a row from the sender's transaction to the one that applies it; SQS carries the row's number,
/// group by group, and says how often it was read. So what SQS repeats has no row any more and is passed over, and what SQS has lost is missed
/// when the account's next one comes, and sent again before it. Why: docs/decisions/sqs-lanes.md.
/// </summary>
internal sealed class SqsEventQueue : IEventQueue, IAsyncDisposable
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private readonly LaneHold[] _holds = [.. Enumerable.Range(0, Lanes.Count).Select(_ => new LaneHold())];
    private readonly CancellationTokenSource _stop = new();
    private readonly Lazy<Task> _keeping;
    private readonly NpgsqlDataSource _database;
    private readonly SqsLanes _lanes;
    private readonly SqsOptions _options;
    private readonly TimeProvider _clock;
    private readonly ILogger<SqsEventQueue> _log;
    private TimeSpan _hide = TimeSpan.FromSeconds(60);

    public SqsEventQueue(NpgsqlDataSource database, SqsLanes lanes, IOptions<SqsOptions> options, TimeProvider clock, ILogger<SqsEventQueue> log)
    {
        (_database, _lanes, _options, _clock, _log) = (database, lanes, options.Value, clock, log);
        _keeping = new(() => Task.Run(() => KeepHiddenAsync(_stop.Token)));
    }

    /// <inheritdoc/>
    public void Send(NpgsqlBatch batch, int lane, IReadOnlyCollection<DeliveryPointer> pointers)
    {
        var send = new NpgsqlBatchCommand(
            """
            insert into pipeline.sqs_messages (lane, tenant_id, account_id, message)
            select $1, u.tenant_id, u.account_id, u.message from unnest($2, $3, $4) with ordinality as u (tenant_id, account_id, message, n) order by u.n
            """);
        send.Parameters.Add(new() { Value = lane });
        send.Parameters.Add(new() { Value = pointers.Select(pointer => pointer.TenantId).ToArray() });
        send.Parameters.Add(new() { Value = pointers.Select(pointer => pointer.AccountId).ToArray() });
        send.Parameters.Add(new()
        {
            Value = pointers.Select(pointer => JsonSerializer.Serialize(pointer, Json)).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Jsonb,
        });
        batch.BatchCommands.Add(send);
    }

    /// <inheritdoc/>
    public Task ResetAsync(NpgsqlConnection connection, int lane, CancellationToken cancellationToken) =>
        GiveBackAsync(lane, _holds[lane].Take(_holds[lane].Ids), cancellationToken);

    /// <inheritdoc/>
    public async Task<List<LaneMessage>> ReadAsync(NpgsqlConnection connection, int lane, TimeSpan hide, int quantity, CancellationToken cancellationToken)
    {
        _hide = hide;
        var received = await ReceiveAsync(_lanes.Of(lane), hide, quantity, cancellationToken);
        try
        {
            return received.Count == 0 ? [] : await SortAsync(connection, lane, received, cancellationToken);
        }
        catch
        {
            // The lane was lost while it waited: its next owner need not wait until their time is up.
            await GiveBackAsync(lane, received, CancellationToken.None);
            throw;
        }
    }

    /// <inheritdoc/>
    public async Task<bool> DeleteAsync(NpgsqlConnection connection, int lane, IReadOnlyCollection<long> ids, CancellationToken cancellationToken) =>
        await connection.ExecuteAsync(
            "delete from pipeline.sqs_messages where id = any($1) and lane = $2 and given_up_at is null", cancellationToken, ids.ToArray(), lane) == ids.Count;

    /// <inheritdoc/>
    public Task CommittedAsync(int lane, IReadOnlyCollection<long> ids, CancellationToken cancellationToken) =>
        DeleteAsync(_lanes.Of(lane), _holds[lane].Take(ids), cancellationToken);

    /// <inheritdoc/>
    public Task ArchiveAsync(NpgsqlConnection connection, int lane, long id, CancellationToken cancellationToken) =>
        connection.ExecuteAsync("update pipeline.sqs_messages set given_up_at = clock_timestamp() where id = $1 and lane = $2", cancellationToken, id, lane);

    /// <inheritdoc/>
    public Task<long> DepthAsync(NpgsqlConnection connection, int lane, CancellationToken cancellationToken) =>
        connection.ScalarAsync<long>("select count(*) from pipeline.sqs_messages where lane = $1 and given_up_at is null", cancellationToken, lane);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_stop.IsCancellationRequested)
        {
            return; // it is registered as itself and as the port, hence disposed twice
        }

        await _stop.CancelAsync();
        if (_keeping.IsValueCreated)
        {
            await _keeping.Value;
        }

        _stop.Dispose();
    }

    /// <summary>Takes in hand what is to be worked on now, and deletes the rest from SQS: what is done, what is not ours, what came too early.</summary>
    private async Task<List<LaneMessage>> SortAsync(NpgsqlConnection connection, int lane, List<SqsMessage> received, CancellationToken cancellationToken)
    {
        var (queue, hold) = (_lanes.Of(lane), _holds[lane]);
        var sendings = received.Select(message => (Message: message, Sending: Sending.Parse(message.Body))).ToList();
        var ours = sendings.Where(pair => pair.Sending is not null).GroupBy(pair => pair.Sending!.Value.Id)
            .ToDictionary(copies => copies.Key, copies => copies.MinBy(copy => copy.Sending!.Value.Number));
        var rows = await RowsAsync(connection, lane, [.. ours.Values.Select(copy => copy.Sending!.Value)], hold.Ids, cancellationToken);
        if (rows.Where(row => row.IsEarly).ToList() is { Count: > 0 } early)
        {
            SqsLog.Missing(_log, lane, early.Count);
            await SendAgainAsync(connection, [.. early.Select(row => ours[row.Id].Sending!.Value)], hold.Ids, cancellationToken);
        }

        var good = rows.Where(row => !row.IsEarly).ToDictionary(row => row.Id);
        var done = sendings.Where(pair => pair.Sending is not { } sending || !good.ContainsKey(sending.Id) || ours[sending.Id].Message != pair.Message);
        await DeleteAsync(queue, [.. done.Select(pair => pair.Message)], cancellationToken);
        _ = _keeping.Value;
        return
        [
            .. good.Values.Where(row => hold.Add(connection, row.Id, ours[row.Id].Message)).OrderBy(row => row.Id)
                .Select(row => new LaneMessage(row.Id, ours[row.Id].Message.Receives, row.SentAt, row.Delivery)),
        ];
    }

    private async Task<List<SqsMessage>> ReceiveAsync(SqsQueue queue, TimeSpan hide, int quantity, CancellationToken cancellationToken)
    {
        var all = new List<SqsMessage>();
        for (var wait = _options.Wait; all.Count < quantity; wait = TimeSpan.Zero)
        {
            var some = await queue.ReceiveAsync(wait, hide, cancellationToken, Math.Min(quantity - all.Count, SqsQueue.MostAtOnce));
            all.AddRange(some);
            if (some.Count == 0)
            {
                break;
            }
        }

        return all;
    }

    /// <summary>
    /// The rows of what came. Early is what has, of its account, one before it that is neither in hand nor came along: SQS has lost that one, or
    /// it comes behind.
    /// </summary>
    private static async Task<List<Row>> RowsAsync(
        NpgsqlConnection connection, int lane, IReadOnlyList<Sending> sendings, long[] inHand, CancellationToken cancellationToken)
    {
        var ids = sendings.Select(sending => sending.Id).ToArray();
        return await connection.QueryAsync(
            """
            select m.id, m.message::text, m.enqueued_at, exists (
                select from pipeline.sqs_messages p
                where p.tenant_id = m.tenant_id and p.account_id = m.account_id and p.id < m.id and p.given_up_at is null and p.id <> all($3))
            from pipeline.sqs_messages m where m.id = any($1) and m.lane = $2 and m.given_up_at is null order by m.id
            """,
            row => new Row(
                row.GetInt64(0), JsonSerializer.Deserialize<DeliveryPointer>(row.GetString(1), Json)!, row.GetFieldValue<DateTimeOffset>(2), row.GetBoolean(3)),
            cancellationToken, ids, lane, ids.Concat(inHand).ToArray());
    }

    /// <summary>
    /// Has what came early, and what it misses, sent again in order. What was sent after it is on its way behind it, and is left to come.
    /// </summary>
    private static Task<int> SendAgainAsync(NpgsqlConnection connection, IReadOnlyList<Sending> early, long[] inHand, CancellationToken cancellationToken) =>
        connection.ExecuteAsync(
            """
            update pipeline.sqs_messages p set sent_as = null
            from (select m.tenant_id, m.account_id, max(e.id) as id, max(e.number) as number
                from unnest($1, $2) as e (id, number) join pipeline.sqs_messages m on m.id = e.id group by m.tenant_id, m.account_id) e
            where p.tenant_id = e.tenant_id and p.account_id = e.account_id and p.id <= e.id and p.sent_as <= e.number and p.given_up_at is null and p.id <> all($3)
            """,
            cancellationToken, early.Select(sending => sending.Id).ToArray(), early.Select(sending => sending.Number).ToArray(), inHand);

    private async Task DeleteAsync(SqsQueue queue, IReadOnlyList<SqsMessage> messages, CancellationToken cancellationToken)
    {
        try
        {
            await queue.DeleteAsync(messages, cancellationToken);
        }
        catch (AwsException error)
        {
            SqsLog.LeftOver(_log, queue.Name, messages.Count, error); // they come again and are passed over
        }
    }

    private async Task GiveBackAsync(int lane, IReadOnlyList<SqsMessage> messages, CancellationToken cancellationToken)
    {
        try
        {
            await _lanes.Of(lane).ExtendAsync(messages, TimeSpan.Zero, cancellationToken);
        }
        catch (AwsException error)
        {
            SqsLog.LeftOver(_log, _lanes.Of(lane).Name, messages.Count, error); // they come when their time is up
        }
    }

    /// <summary>Keeps what is in hand hidden for as long as its lane is owned; gives back what a lost owner had.</summary>
    private async Task KeepHiddenAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            await Task.Delay(_hide / 3, _clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            var held = _holds.Index().Select(hold => (Lane: hold.Index, Look: hold.Item.Look())).Where(hold => hold.Look.Messages.Count > 0).ToList();
            var living = await LivingAsync([.. held.Select(hold => hold.Look.Owner).OfType<int>()], cancellationToken);
            foreach (var (lane, (messages, owner)) in held)
            {
                await KeepHiddenAsync(lane, messages, owner is { } process && living.Contains(process), cancellationToken);
            }
        }
    }

    /// <summary>
    /// Which of the connections still live, by the database's word: one that is cut while its owner stalls looks open from here, and its lane has
    /// another owner meanwhile.
    /// </summary>
    private async Task<IReadOnlyCollection<int>> LivingAsync(int[] processes, CancellationToken cancellationToken)
    {
        if (processes.Length == 0)
        {
            return [];
        }

        try
        {
            await using var connection = await _database.OpenConnectionAsync(cancellationToken);
            return await connection.QueryAsync("select pid from pg_stat_activity where pid = any($1)", row => row.GetInt32(0), cancellationToken, processes);
        }
        catch (Exception error) when (error is NpgsqlException or OperationCanceledException)
        {
            return processes; // no word: as they look from here
        }
    }

    private async Task KeepHiddenAsync(int lane, IReadOnlyList<SqsMessage> messages, bool isOwned, CancellationToken cancellationToken)
    {
        try
        {
            if (!cancellationToken.IsCancellationRequested)
            {
                await (isOwned ? _lanes.Of(lane).ExtendAsync(messages, _hide, cancellationToken) : GiveBackAsync(lane, _holds[lane].Take(_holds[lane].Ids), cancellationToken));
            }
        }
        catch (AwsException error)
        {
            SqsLog.LeftOver(_log, _lanes.Of(lane).Name, messages.Count, error);
        }
        catch (OperationCanceledException)
        {
            // The process stops.
        }
    }

    private sealed record Row(long Id, DeliveryPointer Delivery, DateTimeOffset SentAt, bool IsEarly);
}
