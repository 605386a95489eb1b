using DdocCost.Domain.Access;
using DdocCost.Domain.Storage;
using Marten;
using Npgsql;

namespace DdocCost.Domain.Reconcile;

/// <summary>
/// Puts our estimates beside a month's bill: by resource, of the days that are on the bill. The last day is left out while the month goes on, since it is not billed in full.
/// </summary>
public sealed class Comparison(IDocumentStore store, TimeProvider time)
{
    private const string Estimated = "bill_estimated";

    // The complete days of the bill that each account is on, and what is compared of both sides.
    private const string BothSides =
        $"""
        with covered as (
            select account_id, max(through) as through
            from (select distinct payer, account_id from bills.days where tenant_id = $1 and period = $2) accounts
            join (select payer, case when max(day) >= $3 then max(day) else max(day) - 1 end as through from bills.days where tenant_id = $1 and period = $2 and is_usage group by 1) bill using (payer)
            group by 1),
        billed as (
            select d.account_id, service, resource_key, min(resource_id) as resource_id, day, sum(billed_usd) as billed, sum(list_usd) as list
            from bills.days d join covered c on c.account_id = d.account_id and d.day <= c.through where tenant_id = $1 and period = $2 and is_usage group by 1, 2, 3, 5),
        estimated as (
            select e.account_id, service, resource_key, min(resource_id) as resource_id, day, sum(usd) as estimated
            from {Estimated} e join covered c on c.account_id = e.account_id and e.day <= c.through group by 1, 2, 3, 5),
        both_sides as (
            select account_id, service, resource_key, coalesce(b.resource_id, e.resource_id) as resource_id, day, coalesce(billed, 0) as billed, list, coalesce(estimated, 0) as estimated,
                coalesce(billed > 0 and estimated > 0 and resource_key <> '', false) as is_both
            from billed b full join estimated e using (account_id, service, resource_key, day))
        """;

    /// <summary>Compares a month anew, in the transaction that the connection has open.</summary>
    public async Task RenewAsync(NpgsqlConnection connection, string tenantId, DateOnly period, CancellationToken cancellationToken)
    {
        await EstimateAsync(connection, tenantId, period, cancellationToken);
        var last = period.AddMonths(1).AddDays(-1);
        await connection.ExecuteAsync("delete from bills.compared where tenant_id = $1 and period = $2", cancellationToken, tenantId, period);
        await connection.ExecuteAsync("delete from bills.compared_days where tenant_id = $1 and period = $2", cancellationToken, tenantId, period);
        await connection.ExecuteAsync(
            $"""
            {BothSides}
            insert into bills.compared (tenant_id, period, account_id, service, resource_key, resource_id, billed_usd, list_usd, estimated_usd, both_billed_usd, both_estimated_usd, both_days)
            select $1, $2, account_id, service, resource_key, min(resource_id), sum(billed), sum(list), sum(estimated),
                coalesce(sum(billed) filter (where is_both), 0), coalesce(sum(estimated) filter (where is_both), 0), count(*) filter (where is_both)
            from both_sides group by account_id, service, resource_key
            """,
            cancellationToken, tenantId, period, last);
        await connection.ExecuteAsync(
            $"""
            {BothSides}
            insert into bills.compared_days (tenant_id, period, account_id, service, day, billed_usd, estimated_usd)
            select $1, $2, account_id, service, day, sum(billed), sum(estimated) from both_sides group by account_id, service, day
            """,
            cancellationToken, tenantId, period, last);
        await connection.ExecuteAsync("update bills.periods set compared_at = $3 where tenant_id = $1 and period = $2", cancellationToken, tenantId, period, time.GetUtcNow());
        await connection.ExecuteAsync($"drop table {Estimated}", cancellationToken);
    }

    private async Task EstimateAsync(NpgsqlConnection connection, string tenantId, DateOnly period, CancellationToken cancellationToken)
    {
        var (from, to) = (Start(period), Start(period.AddMonths(1)));
        to = to < time.GetUtcNow() ? to : time.GetUtcNow();
        var sums = new DaySums(connection, Estimated);
        await sums.BeginAsync(cancellationToken);
        await using var session = store.QuerySession(tenantId);
        await foreach (var stay in Stays.ReadAsync(session, Sight.OfAll(tenantId), from, to, cancellationToken))
        {
            foreach (var day in stay.Days(from, to))
            {
                await sums.AddAsync(
                    new("", period, stay.AccountId, stay.Service, stay.ResourceId, DateOnly.FromDateTime(day.From.UtcDateTime), day.Usd, null, IsUsage: true), cancellationToken);
            }
        }

        await sums.FlushAsync(cancellationToken);
    }

    private static DateTimeOffset Start(DateOnly day) => new(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
}
