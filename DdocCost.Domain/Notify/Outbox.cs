using System.Text.Json;
using System.Text.Json.Serialization;
using DdocCost.Domain.Storage;
using Marten;
using Npgsql;

namespace DdocCost.Domain.Notify;

/// <summary>
/// Takes down what there is to tell, in the transaction of what it is about: either both are stored or neither. Who is told is decided
/// afterwards, so that no such transaction waits for rules or channels.
/// </summary>
public static class Outbox
{
    /// <summary>PostgreSQL's notification channel on which a new fact or message is announced.</summary>
    public const string Announcement = "ddoc_outbox";

    /// <summary>As notices are kept.</summary>
    public static JsonSerializerOptions Json { get; } = NoticeJson();

    private const int LongestHeadline = 500;

    private const string Insert =
        """
        insert into notify.facts (tenant_id, fact_id, account_id, thread_key, kind, severity, headline, notice, targets, self_test,
            seen_at, scored_at, written_at, route_at)
        select tenant_id, fact_id, account_id, thread_key, kind, severity, headline, notice, targets, self_test,
            seen_at, scored_at, written_at, route_at
        from jsonb_to_record({0}::jsonb) as f (tenant_id text, fact_id uuid, account_id text, thread_key text, kind text, severity text,
            headline text, notice jsonb, targets text[], self_test boolean,
            seen_at timestamptz, scored_at timestamptz, written_at timestamptz, route_at timestamptz)
        """;

    private const string Once = Insert + " on conflict (tenant_id, fact_id) do nothing";

    // A change of a case that still waits is replaced by the newer one.
    private const string Latest = Insert +
        """
         on conflict (tenant_id, thread_key) where kind = 'case-changed' and routed_at is null do update set headline = excluded.headline,
            notice = excluded.notice, written_at = excluded.written_at, route_at = least(facts.route_at, excluded.route_at)
        """;

    private static readonly JsonSerializerOptions RowJson = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Converters = { new NulFreeStringConverter() },
    };

    /// <summary>Adds facts to a session, stored when it is.</summary>
    public static void Write(IDocumentSession session, IReadOnlyCollection<OutboxFact> facts)
    {
        foreach (var fact in facts)
        {
            session.QueueSqlCommand(Sql(fact, "?"), RowOf(fact));
        }

        if (facts.Count > 0)
        {
            session.QueueSqlCommand($"select pg_notify('{Announcement}', '')");
        }
    }

    /// <summary>Writes a fact on a connection, in its transaction if it has one.</summary>
    /// <returns>Whether it is new.</returns>
    public static async Task<bool> WriteAsync(NpgsqlConnection connection, OutboxFact fact, CancellationToken cancellationToken)
    {
        var written = await connection.ExecuteAsync(Sql(fact, "$1"), cancellationToken, RowOf(fact));
        await AnnounceAsync(connection, cancellationToken);
        return written > 0;
    }

    /// <summary>Wakes up whoever delivers, when the transaction commits.</summary>
    public static Task AnnounceAsync(NpgsqlConnection connection, CancellationToken cancellationToken) =>
        connection.ExecuteAsync($"notify {Announcement}", cancellationToken);

    private static string Sql(OutboxFact fact, string parameter) =>
        (fact.Notice is CaseChanged ? Latest : Once).Replace("{0}", parameter, StringComparison.Ordinal);

    private static string RowOf(OutboxFact fact)
    {
        var notice = JsonSerializer.SerializeToElement(fact.Notice, Json);
        var known = (fact.Notice as CaseNotice)?.Known;
        var headline = fact.Notice.Headline;
        return JsonSerializer.Serialize(
            new Row(
                fact.TenantId, fact.Id, fact.AccountId, fact.ThreadKey, notice.GetProperty(Notice.KindProperty).GetString()!, fact.Notice.Severity.ToString(),
                headline.Length > LongestHeadline ? headline[..LongestHeadline] : headline, notice, fact.Targets, fact.IsSelfTest,
                known?.SeenAt, known?.ScoredAt, fact.WrittenAt, fact.WrittenAt + fact.Gather),
            RowJson);
    }

    private static JsonSerializerOptions NoticeJson()
    {
        var json = new JsonSerializerOptions(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };
        StoreSetup.Json(json);
        return json;
    }

    private sealed record Row(
        string TenantId, Guid FactId, string AccountId, string? ThreadKey, string Kind, string Severity, string Headline, JsonElement Notice,
        IReadOnlyList<string>? Targets, bool SelfTest, DateTimeOffset? SeenAt, DateTimeOffset? ScoredAt, DateTimeOffset WrittenAt, DateTimeOffset RouteAt);
}
