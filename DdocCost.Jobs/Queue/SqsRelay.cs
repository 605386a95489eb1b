using DdocCost.Domain.Queue;
using DdocCost.Domain.Storage;
using DdocCost.Jobs.Aws;
using DdocCost.Jobs.Aws.Credentials;
using Microsoft.Extensions.Options;
using Npgsql;

namespace DdocCost.Jobs.Queue;

/// <summary>
/// Sends to SQS what committed transactions have left for it, in order. One process at a time, by a session lock on the connection that it also
/// reads and marks on. Killed between sending and marking, it is sent again, and the second copy is passed over.
/// </summary>
internal sealed class SqsRelay(NpgsqlDataSource database, SqsLanes lanes, IOptions<SqsOptions> options, TimeProvider clock, ILogger<SqsRelay> log) : BackgroundService
{
    private const long Lock = 0x72656C61_79000001; // "relay" in ASCII, then 1
    private const int AtATime = 1000;
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    /// <summary>Sends what is there to be sent.</summary>
    /// <returns>How many messages were sent.</returns>
    /// <exception cref="AwsException">Not all could be; those that were are marked.</exception>
    public async Task<int> ForwardAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var waiting = await connection.QueryAsync(
            """
            select id, lane, tenant_id, account_id, nextval('pipeline.sqs_sendings') from (
                select * from pipeline.sqs_messages where sent_as is null and given_up_at is null order by id limit $1) m
            """,
            row => new Waiting(row.GetInt32(1), new Sending(row.GetInt64(0), row.GetInt64(4)), row.GetString(2), row.GetString(3)), cancellationToken, AtATime);
        var sent = await Task.WhenAll(waiting.GroupBy(message => message.Lane).Select(lane => SendAsync(lanes.Of(lane.Key), [.. lane.OrderBy(m => m.Sending.Number)], cancellationToken)));
        Sending[] taken = [.. sent.SelectMany(lane => lane.Taken)];
        await connection.ExecuteAsync(
            "update pipeline.sqs_messages m set sent_as = s.number from unnest($1, $2) as s (id, number) where m.id = s.id", CancellationToken.None,
            taken.Select(sending => sending.Id).ToArray(), taken.Select(sending => sending.Number).ToArray());
        return sent.Select(lane => lane.Error).OfType<Exception>().FirstOrDefault() is { } error ? throw error : taken.Length;
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        for (var failures = 0; !stoppingToken.IsCancellationRequested;)
        {
            try
            {
                await using var connection = await database.OpenConnectionAsync(stoppingToken);
                if (await connection.ScalarAsync<bool>("select pg_try_advisory_lock($1)", stoppingToken, Lock))
                {
                    await RelayAsync(connection, () => failures = 0, stoppingToken);
                }

                await Task.Delay(LookEvery, clock, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error) when (error is AwsException or NoCredentialsException or NpgsqlException or IOException)
            {
                SqsLog.NotSent(log, error);
                var pause = LookEvery * Math.Pow(2, Math.Min(failures++, 10));
                await Task.Delay(pause < LongestPause ? pause : LongestPause, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task RelayAsync(NpgsqlConnection connection, Action succeeded, CancellationToken cancellationToken)
    {
        if (options.Value.Create)
        {
            await lanes.CreateAsync(cancellationToken);
        }

        await connection.ExecuteAsync($"listen {Lanes.Channel}", cancellationToken);
        while (true)
        {
            if (await ForwardAsync(connection, cancellationToken) == 0)
            {
                await connection.WaitAsync(LookEvery, cancellationToken);
            }

            succeeded();
        }
    }

    /// <summary>Sends a lane's messages ten at a time, and stops where one is not taken: what follows it must not overtake it.</summary>
    private static async Task<(IReadOnlyList<Sending> Taken, Exception? Error)> SendAsync(SqsQueue queue, IReadOnlyList<Waiting> messages, CancellationToken cancellationToken)
    {
        var taken = new List<Sending>();
        try
        {
            foreach (var chunk in messages.Chunk(SqsQueue.MostAtOnce))
            {
                var answers = await queue.SendAsync([.. chunk.Select(message => message.Sending.ToMessage(message.TenantId, message.AccountId))], cancellationToken);
                taken.AddRange(chunk.Zip(answers).Where(pair => pair.Second).Select(pair => pair.First.Sending));
                if (answers.Contains(false))
                {
                    break;
                }
            }

            return (taken, null);
        }
        catch (Exception error) when (error is AwsException or NoCredentialsException or OperationCanceledException)
        {
            return (taken, error);
        }
    }

    private sealed record Waiting(int Lane, Sending Sending, string TenantId, string AccountId);
}
