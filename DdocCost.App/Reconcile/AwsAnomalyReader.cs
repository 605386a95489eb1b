using DdocCost.App.Shell;
using DdocCost.Domain.Anomalies;
using DdocCost.Domain.Reconcile;
using Marten;

namespace DdocCost.App.Reconcile;

/// <summary>Reads AWS's anomalies beside our cases.</summary>
internal sealed class AwsAnomalyReader(TenantSql sql, IDocumentStore store)
{
    private const int Most = 100, MostCases = 2_000;

    /// <summary>The latest that AWS told, each with the case of ours that is about the same and was told first; none where AWS was never asked.</summary>
    public async Task<IReadOnlyList<AnomalyBesides>> ReadAsync(Sight sight, CancellationToken cancellationToken)
    {
        var told = await sql.RowsAsync(
            sight,
            $"select id, account_id, service, region, began, ended, impact_usd, seen_at, not_seen_at from bills.anomalies where tenant_id = @tenant and @seen order by began desc, id limit {Most}",
            row => new AwsAnomaly(
                row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetFieldValue<DateOnly>(4), row.IsDBNull(5) ? null : row.GetFieldValue<DateOnly>(5), row.GetDecimal(6),
                row.GetFieldValue<DateTimeOffset>(7), row.IsDBNull(8) ? null : row.GetFieldValue<DateTimeOffset>(8)),
            new Dictionary<string, object>(), cancellationToken);
        if (told.Count == 0)
            return [];
        var since = new DateTimeOffset(told.Min(one => one.Began), TimeOnly.MinValue, TimeSpan.Zero) - AwsAnomaly.Slack;
        await using var session = store.QuerySession(sight.TenantId);
        var cases = await session.Query<AnomalyCase>().Seen(sight, anomaly => anomaly.AccountId).Where(anomaly => anomaly.StartedAt >= since).OrderBy(anomaly => anomaly.StartedAt).Take(MostCases).ToListAsync(cancellationToken);
        var pairs = told.Select(one => (Aws: one, Ours: cases.Where(anomaly => one.IsAbout(anomaly.AccountId, [.. anomaly.Services], anomaly.StartedAt)).ToList())).ToList();
        var toldAt = await ToldAsync(sight, [.. pairs.SelectMany(pair => pair.Ours).Select(anomaly => anomaly.Id).Distinct()], cancellationToken);
        return [.. pairs.Select(pair => Beside(pair.Aws, pair.Ours, toldAt))];
    }

    private static AnomalyBesides Beside(AwsAnomaly aws, IReadOnlyList<AnomalyCase> ours, IReadOnlyDictionary<string, DateTimeOffset> toldAt)
    {
        var first = ours.Where(anomaly => toldAt.ContainsKey(anomaly.Id)).MinBy(anomaly => toldAt[anomaly.Id]);
        return new(aws, first, first is null ? null : toldAt[first.Id], aws.Compare(first is null ? null : toldAt[first.Id]));
    }

    /// <summary>When each case's first flagged event was scored: that is when it was told, by the clock and not by the event's own time.</summary>
    private async Task<IReadOnlyDictionary<string, DateTimeOffset>> ToldAsync(Sight sight, string[] cases, CancellationToken cancellationToken)
    {
        var rows = await sql.RowsAsync(
            sight, "select case_id, min(created_at) from mt_doc_cost_events where tenant_id = @tenant and @seen and case_id = any(@cases) group by 1",
            row => (row.GetString(0), row.GetFieldValue<DateTimeOffset>(1)), new Dictionary<string, object> { ["cases"] = cases }, cancellationToken);
        return rows.ToDictionary(row => row.Item1, row => row.Item2);
    }
}

/// <summary>An anomaly of AWS's beside ours.</summary>
/// <param name="Aws">What AWS told.</param>
/// <param name="Ours">The case of ours that was told first, or null.</param>
/// <param name="ToldAt">When we told it, UTC.</param>
/// <param name="First">Who told first.</param>
public sealed record AnomalyBesides(AwsAnomaly Aws, AnomalyCase? Ours, DateTimeOffset? ToldAt, ToldFirst First);
