using DdocCost.App.Shell;
using DdocCost.Domain.Access;

namespace DdocCost.App.Health;

/// <summary>Reads how late alerts were, from what was told of new cases. History that somebody imported is left out: its delay is not ours.</summary>
internal sealed class AlertDelayReader(TenantSql sql, TimeProvider time)
{
    private const int MostAlerts = 5_000;
    private static readonly TimeSpan History = TimeSpan.FromHours(6);
    private static readonly TimeSpan Period = TimeSpan.FromDays(30);

    /// <summary>The accounts that somebody sees, those with most alerts first.</summary>
    public async Task<IReadOnlyList<AlertDelay>> ReadAsync(Sight sight, CancellationToken cancellationToken)
    {
        var rows = await sql.RowsAsync(
            sight,
            """
            select f.account_id, extract(epoch from f.scored_at - event.at)::float8, extract(epoch from told.at - event.at)::float8
            from notify.facts f
                cross join lateral (select (f.notice #>> '{known,eventAt}')::timestamptz as at) event
                left join lateral (select min(m.accepted_at) as at from notify.messages m where m.fact_seq = f.seq and m.tenant_id = f.tenant_id) told on true
            where f.tenant_id = @tenant and f.kind = 'case-opened' and not f.self_test and f.written_at > @since and event.at is not null
                and f.scored_at is not null and f.scored_at - event.at < @history and @seen
            order by f.seq desc limit @most
            """,
            row => (Account: row.GetString(0), Known: Positive(row.GetDouble(1)), Told: row.IsDBNull(2) ? (TimeSpan?)null : Positive(row.GetDouble(2))),
            new Dictionary<string, object>
            {
                ["since"] = time.GetUtcNow() - Period, ["history"] = History, ["most"] = MostAlerts,
            },
            cancellationToken);
        return
        [
            .. rows.GroupBy(row => row.Account).Select(account => AlertDelay.Of(account.Key, [.. account.Select(row => (row.Known, row.Told))]))
                .OrderByDescending(account => account.Count).ThenBy(account => account.AccountId, StringComparer.Ordinal),
        ];
    }

    // Clocks of two machines differ a little, and CloudTrail tells whole seconds.
    private static TimeSpan Positive(double seconds) => TimeSpan.FromSeconds(Math.Max(0, seconds));
}
