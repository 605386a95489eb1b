using DdocCost.App.Shell;
using DdocCost.Domain.Anomalies;
using Marten;
using Npgsql;

namespace DdocCost.App.Overview;

/// <summary>Reads the overview of a tenant. All sums are made by the database.</summary>
internal sealed class OverviewReader(TenantSql sql, ExposureCourse course, IDocumentStore store, TimeProvider time)
{
    private const int FeedLength = 6;
    private const int BarCount = 7;

    /// <summary>Reads it all; the parts side by side.</summary>
    public async Task<OverviewView> ReadAsync(Sight sight, OverviewPeriod period, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var query = new Query(sight, now, new CourseQuery(period).From(now));
        var exposure = ExposureAsync(query, cancellationToken);
        var feed = FeedAsync(query, cancellationToken);
        var open = OpenCasesAsync(query, cancellationToken);
        var added = AddedAsync(query, cancellationToken);
        var counters = CountersAsync(query, cancellationToken);
        var freshness = FreshnessAsync(query, cancellationToken);
        await Task.WhenAll(exposure, feed, open, added, counters, freshness);
        var points = await course.ReadAsync(sight, new(period), (await exposure).UsdPerHour, cancellationToken);
        return new OverviewView(
            now, await exposure, points, await feed, await open, await added, await counters, await freshness);
    }

    private async Task<Exposure> ExposureAsync(Query query, CancellationToken cancellationToken) => (await RowsAsync(
        query,
        """
        select coalesce(sum((data ->> 'usdPerHour')::numeric), 0), count(*), count(*) filter (where data ->> 'usdPerHour' is null), count(distinct account_id)
        from mt_doc_running_resources
        where tenant_id = @tenant and @seen and coalesce((data ->> 'endsBy')::timestamptz > @now, true) and (data ->> 'pausedAt' is null or (data ->> 'usdPerHour')::numeric > 0)
        """,
        row => new Exposure(row.GetDecimal(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3)),
        cancellationToken))[0];

    private async Task<IReadOnlyList<AnomalyCase>> FeedAsync(Query query, CancellationToken cancellationToken)
    {
        await using var session = store.QuerySession(query.Sight.TenantId);
        return await session.Query<AnomalyCase>().Seen(query.Sight, anomaly => anomaly.AccountId).OrderByDescending(anomaly => anomaly.DetectedAt).Take(FeedLength).ToListAsync(cancellationToken);
    }

    private async Task<OpenCases> OpenCasesAsync(Query query, CancellationToken cancellationToken) => (await RowsAsync(
        query,
        """
        select count(*) filter (where severity = 'Critical'), count(*) filter (where severity = 'Warning'), count(*) filter (where severity = 'Info'),
               coalesce(sum((data ->> 'usdPerHour')::numeric), 0)
        from mt_doc_anomaly_cases
        where tenant_id = @tenant and @seen and closed_at is null and coalesce((data ->> 'endsBy')::timestamptz > @now, true)
        """,
        row => new OpenCases(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetDecimal(3)),
        cancellationToken))[0];

    private async Task<SpendAdded> AddedAsync(Query query, CancellationToken cancellationToken)
    {
        var byAccount = BarsAsync(query, "account_id", "account_id", "account", cancellationToken);
        var byService = BarsAsync(query, "data ->> 'service'", "data ->> 'service'", "service", cancellationToken);
        var byActor = BarsAsync(query, "data -> 'actor' ->> 'id'", "data -> 'actor' ->> 'name'", "actor", cancellationToken);
        return new SpendAdded(await byAccount, await byService, await byActor);
    }

    /// <summary>Key and label are expressions of ours, never of the person's.</summary>
    private async Task<IReadOnlyList<Bar>> BarsAsync(Query query, string key, string label, string filter, CancellationToken cancellationToken) => await RowsAsync(
        query,
        $"""
        select {key}, max({label}), sum((data ->> 'addedUsdPerHour')::numeric)
        from mt_doc_spend_hours where tenant_id = @tenant and @seen and hour >= @from
        group by 1 having sum((data ->> 'addedUsdPerHour')::numeric) > 0
        order by 3 desc, 1 limit @bars
        """,
        row => new Bar(row.GetString(1), row.GetDecimal(2), $"/events?{filter}={Uri.EscapeDataString(row.GetString(0))}"),
        cancellationToken);

    // One row an account, kept by the pipeline: no counting of large tables.
    private async Task<Counters> CountersAsync(Query query, CancellationToken cancellationToken) => (await RowsAsync(
        query,
        """
        select coalesce(sum(records), 0)::bigint, coalesce(sum(cost_bearing), 0)::bigint, coalesce(sum(priced), 0)::bigint,
               coalesce(sum(unpriced), 0)::bigint, coalesce(sum(quarantined), 0)::bigint
        from pipeline.accounts where tenant_id = @tenant and @seen
        """,
        row => new Counters(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3), row.GetInt64(4)),
        cancellationToken))[0];

    private async Task<Freshness> FreshnessAsync(Query query, CancellationToken cancellationToken) => (await RowsAsync(
        query,
        "select time, created_at from mt_doc_cost_events where tenant_id = @tenant and @seen order by time desc limit 1",
        row => new Freshness(row.GetFieldValue<DateTimeOffset>(0), row.GetFieldValue<DateTimeOffset>(1)),
        cancellationToken)).FirstOrDefault() ?? new Freshness(null, null);

    private Task<List<T>> RowsAsync<T>(Query query, string statement, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken) =>
        sql.RowsAsync(query.Sight, statement, read, query.Parameters, cancellationToken);

    /// <summary>What is asked for.</summary>
    internal sealed record Query(Sight Sight, DateTimeOffset Now, DateTimeOffset From)
    {
        public IReadOnlyDictionary<string, object> Parameters { get; } =
            new Dictionary<string, object> { ["now"] = Now, ["from"] = From, ["bars"] = BarCount };
    }
}
