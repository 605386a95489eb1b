using System.Text.Json;
using DdocCost.Domain.Anomalies;
using DdocCost.Domain.Notify;
using DdocCost.Domain.Storage;
using Npgsql;

namespace DdocCost.Jobs.Notify;

/// <summary>Cases beyond a channel's measure are gathered and told by one message, at first soon, then every few minutes.</summary>
internal static class Storms
{
    /// <summary>Gathering time of the first message of a storm.</summary>
    public static readonly TimeSpan First = TimeSpan.FromSeconds(10);

    /// <summary>Gathering time of the further ones.</summary>
    public static readonly TimeSpan Later = TimeSpan.FromMinutes(5);

    private const int MostNamed = 20;

    /// <summary>The storm message of a channel that still gathers; a new one where there is none.</summary>
    public static async Task<Guid> JoinAsync(NpgsqlConnection connection, string tenantId, string channelId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var storms = await connection.QueryAsync(
            """
            select id, state = 'queued' and attempts = 0, queued_at from notify.messages
            where tenant_id = $1 and channel_id = $2 and kind = 'storm' and queued_at > $3 order by queued_at desc limit 1
            """,
            row => (Id: row.GetGuid(0), Gathers: row.GetBoolean(1)), cancellationToken, tenantId, channelId, now - TimeSpan.FromHours(1));
        if (storms is [(var open, true)])
        {
            return open;
        }

        var factId = OutboxFact.IdOf(tenantId, channelId, "storm", $"{now:O}");
        var id = OutboxFact.MessageIdOf(factId, channelId);
        await Outbox.WriteAsync(
            connection,
            new OutboxFact { Id = factId, TenantId = tenantId, Notice = new StormNotice { Cases = [], Count = 0, UsdPerHour = 0 }, Targets = [channelId], WrittenAt = now },
            cancellationToken);
        await connection.ExecuteAsync(
            """
            insert into notify.messages (tenant_id, id, fact_seq, channel_id, kind, state, due_at, queued_at, rule)
            select tenant_id, $3, seq, $4, kind, 'queued', $5, $6, 'storm' from notify.facts where tenant_id = $1 and fact_id = $2
            """,
            cancellationToken, tenantId, factId, id, channelId, now + (storms.Count == 0 ? First : Later), now);
        await connection.ExecuteAsync(
            "update notify.facts set routed_at = $3, routing = 'storm' where tenant_id = $1 and fact_id = $2", cancellationToken, tenantId, factId, now);
        return id;
    }

    /// <summary>What a storm message says once it is sent: nothing joins it any more. Kept with it.</summary>
    public static async Task<StormNotice> GatherAsync(NpgsqlDataSource database, OutboundMessage message, CancellationToken cancellationToken)
    {
        var notice = Of(await CasesAsync(database, message, cancellationToken));
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(
            """
            update notify.facts set headline = $3, severity = $4, notice = $5::jsonb
            where seq = (select fact_seq from notify.messages where tenant_id = $1 and id = $2)
            """,
            cancellationToken, message.TenantId, message.Id, notice.Headline, notice.Severity.ToString(), JsonSerializer.Serialize<Notice>(notice, Outbox.Json));
        return notice;
    }

    /// <summary>The cases that a storm message tells together, as they were told last.</summary>
    public static async Task<IReadOnlyList<AnomalyCase>> CasesAsync(NpgsqlDataSource database, OutboundMessage message, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return await connection.QueryAsync(
            """
            select distinct on (m.thread_key) f.notice -> 'case' from notify.messages m join notify.facts f on f.seq = m.fact_seq
            where m.storm_id = $1 and m.tenant_id = $2 order by m.thread_key, m.fact_seq desc
            """,
            row => JsonSerializer.Deserialize<AnomalyCase>(row.GetString(0), Outbox.Json)!, cancellationToken, message.Id, message.TenantId);
    }

    /// <summary>What is said of cases together.</summary>
    public static StormNotice Of(IReadOnlyList<AnomalyCase> cases) => new()
    {
        Cases = [.. cases.OrderByDescending(anomaly => anomaly.UsdWithinDay).Take(MostNamed)],
        Count = cases.Count,
        UsdPerHour = cases.Sum(anomaly => anomaly.UsdPerHour),
    };
}
