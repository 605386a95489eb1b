using System.Text.Json;
using DdocCost.Domain.Governance;
using DdocCost.Domain.Notify;
using DdocCost.Domain.Notify.Routing;
using DdocCost.Domain.Sources;
using DdocCost.Domain.Storage;
using Marten;
using Npgsql;

namespace DdocCost.Jobs.Notify;

/// <summary>What a round of routing must know of one tenant, read once.</summary>
/// <param name="TenantId">Tenant.</param>
/// <param name="Policy">Its rules.</param>
/// <param name="Channels">Its channels.</param>
/// <param name="Tags">Tags of its connected accounts, by account.</param>
/// <param name="Storms">Whether too many cases are told together.</param>
/// <param name="CasesOfHour">How many new or louder cases each channel was given within the last hour; counted on.</param>
internal sealed record TenantRoutes(string TenantId, RoutingPolicy Policy, IReadOnlyList<Channel> Channels, Dictionary<string, int> CasesOfHour, ILookup<string, string> Tags, FlagMode Storms)
{
    /// <summary>Tags of an account as <c>key=value</c>.</summary>
    public IReadOnlyList<string> TagsOf(string accountId) => [.. Tags[accountId]];

    /// <summary>Reads it.</summary>
    public static async Task<TenantRoutes> ReadAsync(
        IDocumentStore store, NpgsqlConnection connection, string tenantId, FlagMode storms, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var session = store.QuerySession(tenantId);
        var policy = await session.LoadAsync<RoutingPolicy>(RoutingPolicy.TheId, cancellationToken) ?? new RoutingPolicy();
        var channels = await session.Query<Channel>().ToListAsync(cancellationToken);
        var accounts = await session.Query<ConnectedAccount>().ToListAsync(cancellationToken);
        var counts = await connection.QueryAsync(
            """
            select channel_id, count(*)::int from notify.messages
            where tenant_id = $1 and queued_at > $2 and kind in ('case-opened', 'case-escalated') and state <> 'collapsed' and storm_id is null group by 1
            """,
            row => (Channel: row.GetString(0), Count: row.GetInt32(1)), cancellationToken, tenantId, now - TimeSpan.FromHours(1));
        return new TenantRoutes(tenantId, policy, [.. channels.OrderBy(channel => channel.Name, StringComparer.Ordinal)], counts.ToDictionary(count => count.Channel, count => count.Count),
            accounts.SelectMany(account => account.Tags, (account, tag) => (account.AccountId, Tag: $"{tag.Key}={tag.Value}")).ToLookup(pair => pair.AccountId, pair => pair.Tag),
            storms);
    }
}

/// <summary>A fact that waits to be routed.</summary>
internal sealed record OpenFact(long Seq, Guid Id, string TenantId, string? ThreadKey, string Kind, Notice Notice, IReadOnlyList<string>? Targets, bool IsSelfTest)
{
    /// <summary>Reads the next ones in order and locks them.</summary>
    public static Task<List<OpenFact>> ReadAsync(NpgsqlConnection connection, int most, DateTimeOffset now, CancellationToken cancellationToken) => connection.QueryAsync(
        """
        select seq, fact_id, tenant_id, thread_key, kind, notice, targets, self_test from notify.facts
        where routed_at is null and route_at <= $1 order by seq limit $2 for update
        """,
        row => new OpenFact(
            row.GetInt64(0), row.GetGuid(1), row.GetString(2), row.IsDBNull(3) ? null : row.GetString(3), row.GetString(4),
            JsonSerializer.Deserialize<Notice>(row.GetString(5), Outbox.Json)!, row.IsDBNull(6) ? null : row.GetFieldValue<string[]>(6), row.GetBoolean(7)),
        cancellationToken, now, most);
}
