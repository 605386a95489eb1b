using System.Diagnostics.Metrics;
using DdocCost.Domain.Queue;
using DdocCost.Domain.Storage;
using Microsoft.Extensions.Options;
using Npgsql;

namespace DdocCost.Jobs.Observability;

/// <summary>How much waits, asked of the database now and then and shown as gauges. Every process shows the same: take the largest, not the sum.</summary>
internal sealed class DepthMeter : BackgroundService
{
    private readonly Meter _meter = new("ddoc.queue");
    private readonly NpgsqlDataSource _database;
    private readonly ObserveOptions _options;
    private volatile Depth _last = Depth.Unknown;

    public DepthMeter(NpgsqlDataSource database, IOptions<ObserveOptions> options)
    {
        (_database, _options) = (database, options.Value);
        _meter.CreateObservableGauge("ddoc.queue.depth", () => _last.Deliveries, "{delivery}", "Deliveries that wait to be scored.");
        _meter.CreateObservableGauge("ddoc.queue.oldest", () => _last.OldestWait?.TotalSeconds ?? 0, "s", "For how long the oldest of them has waited.");
        _meter.CreateObservableGauge("ddoc.queue.dead", () => _last.DeadLetters, "{delivery}", "Deliveries that were given up.");
        _meter.CreateObservableGauge("ddoc.outbox.depth", () => _last.Messages, "{message}", "Messages that are due and not yet accepted by their channel.");
        _meter.CreateObservableGauge("ddoc.outbox.oldest", () => _last.OldestMessage?.TotalSeconds ?? 0, "s", "For how long the oldest of them has been due.");
    }

    /// <summary>Asks now.</summary>
    public async Task<Depth> ReadAsync(CancellationToken cancellationToken)
    {
        await using var connection = await _database.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync(
            $"""
            select w.count, extract(epoch from clock_timestamp() - w.oldest)::float8, d.count, m.count, extract(epoch from clock_timestamp() - m.oldest)::float8
            from (select count(*), min(enqueued_at) as oldest from ({LaneQueue.Waiting}) q) w,
                (select count(*) from pipeline.dead_letters) d,
                (select count(*), min(due_at) as oldest from notify.messages where state in ('queued', 'sending') and due_at <= clock_timestamp()) m
            """,
            row => new Depth(row.GetInt64(0), Seconds(row, 1), row.GetInt64(2), row.GetInt64(3), Seconds(row, 4)), cancellationToken);
        return rows[0];
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _meter.Dispose();
        base.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(_options.DepthEvery);
        do
        {
            try
            {
                _last = await ReadAsync(stoppingToken);
            }
            catch (NpgsqlException)
            {
                // The database's own check tells of it; the gauges keep what was last known.
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false));
    }

    private static TimeSpan? Seconds(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : TimeSpan.FromSeconds(Math.Max(0, row.GetDouble(column)));
}

/// <summary>How much waits.</summary>
/// <param name="Deliveries">To be scored.</param>
/// <param name="OldestWait">Since when, or null for none.</param>
/// <param name="DeadLetters">Deliveries given up.</param>
/// <param name="Messages">Due and not accepted.</param>
/// <param name="OldestMessage">Since when, or null for none.</param>
internal sealed record Depth(long Deliveries, TimeSpan? OldestWait, long DeadLetters, long Messages, TimeSpan? OldestMessage)
{
    /// <summary>Not asked yet.</summary>
    public static readonly Depth Unknown = new(0, null, 0, 0, null);
}
