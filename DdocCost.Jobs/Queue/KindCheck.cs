using DdocCost.Domain.Queue;
using DdocCost.Domain.Storage;
using Microsoft.Extensions.Options;
using Npgsql;

namespace DdocCost.Jobs.Queue;

/// <summary>Refuses to start with one queue while deliveries wait in the other: their accounts would have a gap.</summary>
internal sealed class KindCheck(NpgsqlDataSource database, IOptions<QueueOptions> options) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        if (!await connection.ScalarAsync<bool>("select to_regclass('pipeline.sqs_messages') is not null", cancellationToken))
        {
            return; // not migrated yet
        }

        var other = options.Value.Kind == QueueKind.Sqs
            ? string.Join(" union all ", Enumerable.Range(0, Lanes.Count).Select(lane => $"select from pgmq.q_{Lanes.QueueOf(lane)}"))
            : "select from pipeline.sqs_messages where given_up_at is null";
        if (await connection.ScalarAsync<long>($"select count(*) from ({other}) waiting", cancellationToken) is > 0 and var waiting)
        {
            var before = options.Value.Kind == QueueKind.Sqs ? QueueKind.Postgres : QueueKind.Sqs;
            throw new InvalidOperationException(
                $"Queue:Kind is {options.Value.Kind}, but {waiting} deliveries still wait with Queue:Kind={before}. Run with that until all is scored, then change it.");
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
