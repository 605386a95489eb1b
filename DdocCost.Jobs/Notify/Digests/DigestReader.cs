using DdocCost.Domain.Access;
using DdocCost.Domain.Anomalies;
using DdocCost.Domain.Notify;
using DdocCost.Domain.Notify.Digests;
using DdocCost.Domain.Scoring;
using DdocCost.Domain.Storage;
using Marten;
using Npgsql;

namespace DdocCost.Jobs.Notify.Digests;

/// <summary>Reads what a digest is made of.</summary>
public sealed class DigestReader(NpgsqlDataSource database, IDocumentStore store, IEnumerable<IDigestSection> others, TimeProvider clock)
{
    // As many as a digest would ever count one by one.
    private const int MostCases = 1_000;

    // What follows as the last two parameters of a statement: whether all accounts are seen, and which ones otherwise.
    private const string Seen = "($2 or account_id = any($3))";

    /// <summary>Reads it, as far as the reader sees.</summary>
    public async Task<DigestFacts> ReadAsync(Sight sight, DateTimeOffset from, DateTimeOffset to, string timeZone, CancellationToken cancellationToken)
    {
        await using var session = store.QuerySession(sight.TenantId);
        var opened = await Of(session, sight).Where(anomaly => anomaly.DetectedAt >= from && anomaly.DetectedAt < to).Take(MostCases).ToListAsync(cancellationToken);
        var closed = await Of(session, sight).Where(anomaly => anomaly.ClosedAt >= from && anomaly.ClosedAt < to).Take(MostCases).ToListAsync(cancellationToken);
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var course = await CourseAsync(connection, sight, from, to, cancellationToken);
        var sections = new List<DigestSection>();
        foreach (var other in others)
        {
            if (await other.ReadAsync(sight, from, to, cancellationToken) is { } section)
            {
                sections.Add(section);
            }
        }

        return new DigestFacts
        {
            From = from,
            To = to,
            TimeZone = timeZone,
            ExposureUsdPerHour = course[^1],
            ExposureBeforeUsdPerHour = course[0],
            ExposureByHour = course,
            Opened = [.. opened.OrderByDescending(anomaly => anomaly.PeakUsdPerHour + anomaly.OneTimeUsd)],
            Closed = [.. closed.OrderByDescending(anomaly => anomaly.PeakUsdPerHour + anomaly.OneTimeUsd)],
            Actors = await GrownAsync(connection, "data -> 'actor' ->> 'name'", sight, from, to, cancellationToken),
            Services = await GrownAsync(connection, "data ->> 'service'", sight, from, to, cancellationToken),
            Accounts = await GrownAsync(connection, "account_id", sight, from, to, cancellationToken),
            Unpriced = await UnpricedAsync(connection, sight, from, to, cancellationToken),
            // Alarms name accounts, and what is out of order concerns all of them.
            Health = sight.SeesAll ? await HealthAsync(connection, sight.TenantId, from, to, cancellationToken) : [],
            Others = sections,
        };
    }

    /// <summary>
    /// What ran at the begin and at the end of each hour, backwards from what runs now: the exposure before an hour is that after it less what the
    /// hour added net.
    /// </summary>
    private async Task<IReadOnlyList<decimal>> CourseAsync(NpgsqlConnection connection, Sight sight, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        var exposure = await connection.ScalarAsync<decimal>(
            $"""
            select coalesce(sum((data ->> 'usdPerHour')::numeric), 0) from mt_doc_running_resources
            where tenant_id = $1 and {Seen} and coalesce((data ->> 'endsBy')::timestamptz > $4, true) and data ->> 'pausedAt' is null
            """,
            cancellationToken, sight.TenantId, sight.SeesAll, sight.Accounts, clock.GetUtcNow());
        var net = await connection.QueryAsync(
            $"select hour, sum((data ->> 'netUsdPerHour')::numeric) from mt_doc_spend_hours where tenant_id = $1 and {Seen} and hour >= $4 group by 1 order by 1 desc",
            row => (Hour: row.GetFieldValue<DateTimeOffset>(0), Net: row.GetDecimal(1)), cancellationToken, sight.TenantId, sight.SeesAll, sight.Accounts, from);
        var byHour = net.ToDictionary(row => row.Hour, row => row.Net);
        exposure -= net.Where(row => row.Hour >= to).Sum(row => row.Net);
        var course = new List<decimal> { exposure };
        for (var hour = HourOf(to.AddTicks(-1)); hour >= from; hour = hour.AddHours(-1))
        {
            exposure -= byHour.GetValueOrDefault(hour);
            course.Add(exposure);
        }

        course.Reverse();
        return course;
    }

    private static IQueryable<AnomalyCase> Of(IQuerySession session, Sight sight)
    {
        var (all, accounts) = (session.Query<AnomalyCase>(), sight.Accounts);
        return sight.SeesAll ? all : all.Where(anomaly => anomaly.AccountId.IsOneOf(accounts));
    }

    private static DateTimeOffset HourOf(DateTimeOffset moment) => new(moment.UtcTicks - (moment.UtcTicks % TimeSpan.TicksPerHour), TimeSpan.Zero);

    /// <summary>Name is an expression of ours, never of a person's.</summary>
    private static async Task<IReadOnlyList<(string Name, decimal UsdPerHour)>> GrownAsync(
        NpgsqlConnection connection, string name, Sight sight, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken) => await connection.QueryAsync(
        $"""
        select {name}, sum((data ->> 'addedUsdPerHour')::numeric) from mt_doc_spend_hours where tenant_id = $1 and {Seen} and hour >= $4 and hour < $5
        group by 1 having sum((data ->> 'addedUsdPerHour')::numeric) > 0 order by 2 desc, 1 limit 3
        """,
        row => (row.GetString(0), row.GetDecimal(1)), cancellationToken, sight.TenantId, sight.SeesAll, sight.Accounts, from, to);

    private static async Task<IReadOnlyList<(string Name, long Events)>> UnpricedAsync(
        NpgsqlConnection connection, Sight sight, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken) => await connection.QueryAsync(
        $$"""
        select data #>> '{costed,event,changes,0,resourceType}', count(*) from mt_doc_cost_events
        where tenant_id = $1 and {{Seen}} and time >= $4 and time < $5 and {{CostEventSql.Unpriced}} and data #>> '{costed,event,errorCode}' is null
            and coalesce((data #>> '{costed,oneTimeUsd}')::numeric, 0) = 0
        group by 1 order by 2 desc, 1 limit 10
        """,
        row => (row.IsDBNull(0) ? "unknown" : row.GetString(0), row.GetInt64(1)), cancellationToken, sight.TenantId, sight.SeesAll, sight.Accounts, from, to);

    private static async Task<IReadOnlyList<string>> HealthAsync(
        NpgsqlConnection connection, string tenantId, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        var alarms = await connection.QueryAsync(
            "select title || case when over_at is null then ' (still so)' else '' end from notify.alarms where tenant_id = $1 and since < $3 and coalesce(over_at > $2, true) order by since limit 20",
            row => row.GetString(0), cancellationToken, tenantId, from, to);
        var failed = await connection.ScalarAsync<long>(
            "select count(*) from notify.messages where tenant_id = $1 and queued_at >= $2 and queued_at < $3 and state = 'failed'", cancellationToken, tenantId, from, to);
        var gaps = await connection.ScalarAsync<long>(
            "select count(*) from pipeline.dead_letters where tenant_id = $1 and given_up_at >= $2 and given_up_at < $3", cancellationToken, tenantId, from, to);
        return
        [
            .. alarms,
            .. failed > 0 ? [$"{failed} messages were not delivered"] : Array.Empty<string>(),
            .. gaps > 0 ? [$"{gaps} deliveries could not be scored and were given up"] : Array.Empty<string>(),
        ];
    }
}
