using DdocCost.Domain.Notify;
using DdocCost.Domain.Notify.Routing;
using DdocCost.Domain.Storage;
using DdocCost.Domain.Wording;
using Marten;
using Npgsql;

namespace DdocCost.Jobs.Notify.Watching;

/// <summary>Once a day each channel hears that we are here, so that its silence means something.</summary>
public sealed class Heartbeats(NpgsqlDataSource database, IDocumentStore store, TimeProvider clock)
{
    private static readonly TimeOnly At = new(9, 0);

    /// <summary>Sends what is due; a day's heartbeat is one, however often it is asked for.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var tenants = await connection.QueryAsync("select distinct tenant_id from mt_doc_channels", row => row.GetString(0), cancellationToken);
        foreach (var tenant in tenants)
        {
            await using var session = store.QuerySession(tenant);
            var policy = await session.LoadAsync<RoutingPolicy>(RoutingPolicy.TheId, cancellationToken) ?? new RoutingPolicy();
            var (day, time) = ZonedTime.Local(now, ZonedTime.Of(policy.TimeZone));
            if (time < At)
            {
                continue;
            }

            var channels = await session.Query<Channel>().Where(channel => channel.Enabled && channel.Heartbeat).ToListAsync(cancellationToken);
            foreach (var channel in channels)
            {
                await BeatAsync(connection, tenant, channel.Id, day, now, cancellationToken);
            }
        }
    }

    /// <summary>Sends one channel today's heartbeat now, if it has not had it.</summary>
    public async Task SendNowAsync(string tenantId, string channelId, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await using var session = store.QuerySession(tenantId);
        var policy = await session.LoadAsync<RoutingPolicy>(RoutingPolicy.TheId, cancellationToken) ?? new RoutingPolicy();
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await BeatAsync(connection, tenantId, channelId, ZonedTime.Local(now, ZonedTime.Of(policy.TimeZone)).Day, now, cancellationToken);
    }

    private static async Task BeatAsync(
        NpgsqlConnection connection, string tenantId, string channelId, DateOnly day, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var id = OutboxFact.IdOf(tenantId, channelId, "heartbeat", $"{day:O}");
        if (await connection.ScalarAsync<bool>("select exists (select from notify.facts where tenant_id = $1 and fact_id = $2)", cancellationToken, tenantId, id))
        {
            return;
        }

        await Outbox.WriteAsync(
            connection,
            new OutboxFact
            {
                Id = id, TenantId = tenantId, Targets = [channelId], WrittenAt = now,
                Notice = new HeartbeatNotice { Lines = await LinesAsync(connection, tenantId, now, cancellationToken) },
            },
            cancellationToken);
    }

    private static async Task<IReadOnlyList<string>> LinesAsync(NpgsqlConnection connection, string tenantId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var since = now - TimeSpan.FromDays(1);
        var deliveries = await connection.QueryAsync(
            "select count(*), coalesce(sum(records), 0)::bigint, max(taken_at) from pipeline.deliveries where tenant_id = $1 and taken_at > $2",
            row => (Count: row.GetInt64(0), Records: row.GetInt64(1), Last: row.IsDBNull(2) ? (DateTimeOffset?)null : row.GetFieldValue<DateTimeOffset>(2)), cancellationToken, tenantId, since);
        var told = await connection.QueryAsync(
            """
            select count(*) filter (where state = 'accepted'), count(*) filter (where state = 'failed'), count(*) filter (where state in ('queued', 'held', 'sending'))
            from notify.messages where tenant_id = $1 and queued_at > $2
            """,
            row => (Accepted: row.GetInt64(0), Failed: row.GetInt64(1), Waiting: row.GetInt64(2)), cancellationToken, tenantId, since);
        var alarms = await connection.QueryAsync(
            "select title from notify.alarms where tenant_id = $1 and over_at is null order by since limit 10", row => row.GetString(0), cancellationToken, tenantId);
        var (count, records, last) = deliveries[0];
        return
        [
            last is null
                ? "No delivery came in 24 hours."
                : $"{Usd.Count(records)} records in {Usd.Count(count)} deliveries in 24 hours, the last at {last.Value.UtcDateTime.ToString("HH:mm", System.Globalization.CultureInfo.InvariantCulture)} UTC.",
            $"{Usd.Count(told[0].Accepted)} messages delivered, {Usd.Count(told[0].Failed)} failed, {Usd.Count(told[0].Waiting)} on their way.",
            .. alarms.Count == 0 ? ["Nothing of ours is out of order."] : alarms,
        ];
    }
}
