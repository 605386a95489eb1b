using DdocCost.App.Shell;
using DdocCost.Domain.Governance;
using DdocCost.Domain.Notify;
using DdocCost.Domain.Notify.Digests;
using DdocCost.Domain.Notify.Routing;
using Marten;
using Npgsql;

namespace DdocCost.App.Notify;

/// <summary>Reads what the pages about messages show.</summary>
internal sealed class NotifyReader(TenantSql sql, IDocumentStore store, ICircuitBreakers breakers, TimeProvider time)
{
    /// <summary>The channels with how they do.</summary>
    public async Task<ChannelsView> ChannelsAsync(Sight sight, CancellationToken cancellationToken)
    {
        await using var session = store.QuerySession(sight.TenantId);
        var channels = await session.Query<Channel>().ToListAsync(cancellationToken);
        var health = await sql.OfTenantAsync(
            sight.TenantId,
            """
            select channel_id, max(accepted_at), count(*) filter (where state = 'failed' and queued_at > @since),
                count(*) filter (where state in ('queued', 'held', 'sending')), (array_agg(answer order by claimed_at desc) filter (where state = 'failed'))[1]
            from notify.messages where tenant_id = @tenant and queued_at > @longer group by 1
            """,
            row => new ChannelHealth(
                row.GetString(0), row.IsDBNull(1) ? null : row.GetFieldValue<DateTimeOffset>(1), row.GetInt64(2), row.GetInt64(3), row.IsDBNull(4) ? null : row.GetString(4)),
            new Dictionary<string, object> { ["since"] = time.GetUtcNow() - TimeSpan.FromDays(1), ["longer"] = time.GetUtcNow() - TimeSpan.FromDays(30) }, cancellationToken);
        var states = await breakers.ListAsync(cancellationToken);
        // Their titles name accounts.
        var alarms = !sight.SeesAll ? [] : await sql.OfTenantAsync(
            sight.TenantId, "select title, since from notify.alarms where tenant_id = @tenant and over_at is null order by since",
            row => new OpenAlarm(row.GetString(0), row.GetFieldValue<DateTimeOffset>(1)), new Dictionary<string, object>(), cancellationToken);
        return new ChannelsView(
            [.. channels.OrderBy(channel => channel.Name, StringComparer.OrdinalIgnoreCase)
                .Select(channel => new ChannelRow(channel, health.Find(one => one.ChannelId == channel.Id), states.FirstOrDefault(state => state.Name == $"channel:{sight.TenantId}/{channel.Id}")))],
            alarms);
    }

    /// <summary>Messages, newest first.</summary>
    public async Task<MessagesView> MessagesAsync(Sight sight, MessageFilter filter, CancellationToken cancellationToken)
    {
        var rows = await sql.RowsAsync(
            sight,
            """
            select m.id, m.channel_id, m.kind, m.state, m.held_by, f.headline, m.queued_at, m.accepted_at, m.attempts, m.answer, m.rule, m.fell_from, m.due_at,
                m.thread_key, f.self_test, f.seen_at, (f.notice #>> '{known,eventAt}')::timestamptz
            from notify.messages m join notify.facts f on f.seq = m.fact_seq
            where m.tenant_id = @tenant and @seen and (@state = '' or m.state = @state) and (@channel = '' or m.channel_id = @channel) and (@case = '' or m.thread_key = @case)
            order by m.queued_at desc, m.fact_seq desc offset @skip limit @take
            """,
            Read,
            new Dictionary<string, object>
            {
                ["state"] = filter.State, ["channel"] = filter.Channel, ["case"] = filter.Case, ["skip"] = Page.Skip(filter.Page), ["take"] = Page.Size + 1,
            },
            cancellationToken);
        var held = !sight.SeesAll ? [0] : await sql.OfTenantAsync(
            sight.TenantId, "select count(*) from notify.messages where tenant_id = @tenant and state = 'held' and held_by = 'panic'",
            row => row.GetInt64(0), new Dictionary<string, object>(), cancellationToken);
        await using var session = store.QuerySession(sight.TenantId);
        var channels = await session.Query<Channel>().ToListAsync(cancellationToken);
        return new MessagesView(Page.Of(rows, filter.Page), channels.ToDictionary(channel => channel.Id, channel => channel.Name), held[0]);
    }

    /// <summary>Rules and channels.</summary>
    public async Task<RoutingView> RoutingAsync(Sight sight, CancellationToken cancellationToken)
    {
        await using var session = store.QuerySession(sight.TenantId);
        var policy = await session.LoadAsync<RoutingPolicy>(RoutingPolicy.TheId, cancellationToken) ?? new RoutingPolicy();
        var channels = await session.Query<Channel>().ToListAsync(cancellationToken);
        return new RoutingView(policy.SeenBy(sight), [.. channels.OrderBy(channel => channel.Name, StringComparer.OrdinalIgnoreCase)]);
    }

    /// <summary>Digests and channels.</summary>
    public async Task<DigestsView> DigestsAsync(Sight sight, CancellationToken cancellationToken)
    {
        await using var session = store.QuerySession(sight.TenantId);
        var subscriptions = await session.Query<DigestSubscription>().ToListAsync(cancellationToken);
        var channels = await session.Query<Channel>().ToListAsync(cancellationToken);
        return new DigestsView([.. subscriptions.OrderBy(one => one.CreatedAt)], [.. channels.OrderBy(channel => channel.Name, StringComparer.OrdinalIgnoreCase)]);
    }

    private static MessageRow Read(NpgsqlDataReader row) => new(
        row.GetGuid(0), row.GetString(1), row.GetString(2), row.GetString(3), Text(row, 4), row.GetString(5), row.GetFieldValue<DateTimeOffset>(6), Time(row, 7),
        row.GetInt32(8), Text(row, 9), Text(row, 10), Text(row, 11), row.GetFieldValue<DateTimeOffset>(12), Text(row, 13), row.GetBoolean(14), Time(row, 15), Time(row, 16));

    private static string? Text(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static DateTimeOffset? Time(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetFieldValue<DateTimeOffset>(column);
}
