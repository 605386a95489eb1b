using System.Diagnostics;
using DdocCost.Domain.Queue;
using DdocCost.Domain.Storage;
using DdocCost.Jobs.Live;
using Microsoft.Extensions.Options;
using Npgsql;

namespace DdocCost.Jobs.Scoring;

/// <summary>
/// Works one lane through, alone: under a session lock on a connection that also carries every write. Reads messages, scores them outside
/// of any transaction on accounts it keeps in memory, and stores a run of them at a time. Killed anywhere, a batch has happened once or
/// not at all.
/// </summary>
internal sealed class LaneConsumer(
    int lane, NpgsqlDataSource database, IEventQueue queue, BatchScorer scorer, BatchStore store, AccountLoader loader, ILivePublisher live, LaneSignals signals,
    SemaphoreSlim processors, IOptions<ScoringOptions> options, TimeProvider clock, ILogger<LaneConsumer> log)
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    /// <summary>A message read more often than this was in the hands of a process that died; it is worked on alone from then on.</summary>
    private const int SuspectReads = 3;

    private readonly ScoringOptions _options = options.Value;
    private readonly AccountCache _accounts = new(loader, options.Value.AccountsInMemory);
    private readonly Queue<LaneMessage> _read = new();
    private int _singly; // so many messages are still to be worked on one at a time
    private (long MessageId, int Failures) _failing;

    /// <summary>Works until stopped; no failure ends it.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        for (var failures = 0; !cancellationToken.IsCancellationRequested;)
        {
            try
            {
                await using var connection = await database.OpenConnectionAsync(cancellationToken);
                if (await LaneQueue.TryTakeAsync(connection, lane, cancellationToken))
                {
                    failures = 0;
                    await WorkAsync(connection, cancellationToken);
                }

                await Task.Delay(_options.TakeOverPoll, clock, cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error)
            {
                ScoringLog.LaneInterrupted(log, lane, error);
                await PauseAsync(++failures, cancellationToken);
            }
        }
    }

    private async Task WorkAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        // A transaction that stalls, or a machine that vanishes, must not hold the lane's rows for long.
        await connection.ExecuteAsync(
            "set idle_in_transaction_session_timeout = '30s'; set tcp_keepalives_idle = 10; set tcp_keepalives_interval = 5; set tcp_keepalives_count = 3",
            cancellationToken);
        await ResetAsync(connection, cancellationToken);
        ScoringLog.LaneTaken(log, lane);
        while (true)
        {
            if (_read.Count == 0 && !await ReadAsync(connection, cancellationToken))
            {
                await signals.WaitAsync(lane, _options.IdlePoll, cancellationToken);
                continue;
            }

            await WorkOnceAsync(connection, cancellationToken);
        }
    }

    private async Task<bool> ReadAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var quantity = _singly > 0 ? 1 : _options.MessagesPerRead;
        var messages = await queue.ReadAsync(connection, lane, _options.Hide, quantity, cancellationToken);
        if (quantity > 1 && messages.Any(message => message.ReadCount > SuspectReads))
        {
            // One of these may be what kills processes. Reading it alone spares the others the suspicion.
            await ResetAsync(connection, cancellationToken);
            _singly = messages.Count;
            return await ReadAsync(connection, cancellationToken);
        }

        messages.ForEach(_read.Enqueue);
        return messages.Count > 0;
    }

    private async Task WorkOnceAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var batch = new List<LaneMessage>();
        try
        {
            if (_read.Count == 1 && _read.Peek() is { } suspect && suspect.ReadCount > _options.MostReads)
            {
                await GiveUpAsync(connection, suspect, $"it was begun {suspect.ReadCount - 1} times and never finished", cancellationToken);
                return;
            }

            using var span = ScoringMeter.Begin(lane);
            var began = Stopwatch.GetTimestamp();
            var scored = await ScoreAsync(batch, cancellationToken);
            await store.StoreAsync(connection, lane, scored, cancellationToken);
            ScoringMeter.Stored(span, scored, Stopwatch.GetElapsedTime(began), clock.GetUtcNow());
            _accounts.Trim();
            _singly = Math.Max(0, _singly - batch.Count);
            await PublishAsync(scored);
        }
        catch (Exception error) when (IsOurs(error) && connection.State == System.Data.ConnectionState.Open && !cancellationToken.IsCancellationRequested)
        {
            await RecoverAsync(connection, batch, error, cancellationToken);
        }
        catch
        {
            Forget();
            throw;
        }
    }

    /// <summary>Takes messages off those read until there is enough for a transaction, and scores them.</summary>
    private async Task<ScoredBatch> ScoreAsync(List<LaneMessage> batch, CancellationToken cancellationToken)
    {
        await processors.WaitAsync(cancellationToken);
        try
        {
            var readings = new List<(LaneMessage, ObjectReading)>();
            for (var (events, records) = (0, 0L);
                _read.Count > 0 && events < _options.EventsPerTransaction && records < _options.RecordsPerTransaction;)
            {
                var message = _read.Dequeue();
                batch.Add(message);
                var reading = await scorer.ReadAsync(message, cancellationToken);
                readings.Add((message, reading));
                (events, records) = (events + reading.Events.Count, records + message.Delivery.Records);
            }

            return await scorer.ScoreAsync(readings, _accounts, cancellationToken);
        }
        finally
        {
            processors.Release();
        }
    }

    private async Task RecoverAsync(NpgsqlConnection connection, List<LaneMessage> batch, Exception error, CancellationToken cancellationToken)
    {
        var all = batch.Count + _read.Count;
        Forget();
        await ResetAsync(connection, cancellationToken);
        if (batch.Count > 1)
        {
            ScoringLog.BatchFailed(log, lane, batch.Count, error);
            _singly = all; // find out which it is
            return;
        }

        var message = batch[0];
        _failing = _failing.MessageId == message.Id ? (message.Id, _failing.Failures + 1) : (message.Id, 1);
        ScoringLog.DeliveryFailed(log, lane, message.Delivery.TenantId, message.Delivery.AccountId, message.Delivery.Name, _failing.Failures, error);
        if (_failing.Failures >= _options.Attempts && !IsTheWorld(error))
        {
            await GiveUpAsync(connection, message, error.Message, cancellationToken);
        }
        else
        {
            _singly = Math.Max(1, _singly);
            await PauseAsync(_failing.Failures, cancellationToken);
        }
    }

    private async Task GiveUpAsync(NpgsqlConnection connection, LaneMessage message, string reason, CancellationToken cancellationToken)
    {
        await store.GiveUpAsync(connection, lane, message, reason, cancellationToken);
        ScoringMeter.Lost();
        ScoringLog.DeliveryGivenUp(log, lane, message.Delivery.TenantId, message.Delivery.AccountId, message.Delivery.Name, reason);
        Forget();
        await ResetAsync(connection, cancellationToken);
        _singly = Math.Max(0, _singly - 1);
    }

    private async Task ResetAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        _read.Clear();
        await queue.ResetAsync(connection, lane, cancellationToken);
    }

    /// <summary>What is in memory may be ahead of what is stored.</summary>
    private void Forget()
    {
        _accounts.Clear();
        _read.Clear();
    }

    /// <summary>Failures that a delivery may have caused; the others mean that the lane is lost.</summary>
    private static bool IsOurs(Exception error) => error is not (LaneLostException or OperationCanceledException);

    /// <summary>Failures that no delivery can have caused, which are therefore waited out for as long as they last.</summary>
    private static bool IsTheWorld(Exception error) =>
        error is NpgsqlException { IsTransient: true } or (IOException and not FileNotFoundException and not DirectoryNotFoundException) or UnauthorizedAccessException;

    private async Task PauseAsync(int failures, CancellationToken cancellationToken)
    {
        var pause = _options.FirstPause * Math.Pow(2, Math.Min(failures - 1, 20));
        try
        {
            await Task.Delay(pause < LongestPause ? pause : LongestPause, clock, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // The loop looks at the token next.
        }
    }

    private async Task PublishAsync(ScoredBatch batch)
    {
        foreach (var scored in batch.Accounts.Where(scored => scored.Events.Count > 0 || scored.Changes.Cases.Count > 0))
        {
            await live.PublishAsync(new LiveUpdate(
                scored.Account.TenantId, scored.Account.State.AccountId, clock.GetUtcNow(), scored.Account.State.Ledger.ExposureUsdPerHour,
                scored.Events.Count, scored.Changes.Cases, scored.Alerts));
        }
    }
}
