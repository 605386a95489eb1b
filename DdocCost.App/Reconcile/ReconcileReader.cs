using System.Globalization;
using System.Text.Json;
using DdocCost.App.Shell;
using DdocCost.Domain.Reconcile;
using DdocCost.Domain.Sources;
using Marten;

namespace DdocCost.App.Reconcile;

/// <summary>Reads what was compared.</summary>
internal sealed class ReconcileReader(TenantSql sql, IDocumentStore store)
{
    private const int MostPeriods = 36, LearnedMonths = 3;

    // Accounts of which something was seen to run: of others there is nothing to compare.
    private const string Watched = "account_id in (select account_id from bills.compared where tenant_id = @tenant and period = @period group by 1 having sum(estimated_usd) > 0)";

    /// <summary>A month.</summary>
    /// <param name="sight">Who looks.</param>
    /// <param name="month">First day; the latest where it is null or there is no bill of it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<ReconcileView> ReadAsync(Sight sight, DateOnly? month, CancellationToken cancellationToken)
    {
        var periods = await sql.RowsAsync(
            sight, $"select period from bills.days where tenant_id = @tenant and @seen group by 1 order by 1 desc limit {MostPeriods}", row => row.GetFieldValue<DateOnly>(0), None, cancellationToken);
        if (periods.Count == 0)
            return new(null, [], [], [], [], 0, 0);
        var period = month is { } wanted && periods.Contains(wanted) ? wanted : periods[0];
        var of = new Dictionary<string, object> { ["period"] = period };
        var factors = await FactorsAsync(sight, cancellationToken);
        var services = await sql.RowsAsync(
            sight,
            $"""
            select service, sum(estimated_usd), sum(billed_usd), sum(list_usd) from bills.compared where tenant_id = @tenant and @seen and period = @period and {Watched}
            group by 1 order by greatest(sum(estimated_usd), sum(billed_usd)) desc, 1 limit 200
            """,
            row => new ServiceComparison(row.GetString(0), row.GetDecimal(1), row.GetDecimal(2), row.IsDBNull(3) ? null : row.GetDecimal(3), factors.GetValueOrDefault(row.GetString(0))), of, cancellationToken);
        var days = await sql.RowsAsync(
            sight, $"select day, sum(estimated_usd), sum(billed_usd) from bills.compared_days where tenant_id = @tenant and @seen and period = @period and {Watched} group by 1 order by 1",
            row => new DayComparison(row.GetFieldValue<DateOnly>(0), row.GetDecimal(1), row.GetDecimal(2)), of, cancellationToken);
        var unwatched = await sql.RowsAsync(
            sight, $"select coalesce(sum(billed_usd), 0) from bills.compared where tenant_id = @tenant and @seen and period = @period and not {Watched}", row => row.GetDecimal(0), of, cancellationToken);
        var other = await sql.RowsAsync(
            sight, "select coalesce(sum(billed_usd), 0) from bills.days where tenant_id = @tenant and @seen and period = @period and not is_usage", row => row.GetDecimal(0), of, cancellationToken);
        return new(period, periods, sight.SeesAll ? await BillsAsync(sight, of, cancellationToken) : [], services, days, unwatched[0], other[0]);
    }

    /// <summary>A service's resources, the most wrong first; one row more than a page holds.</summary>
    public Task<List<ResourceComparison>> ResourcesAsync(Sight sight, DateOnly period, string service, int page, CancellationToken cancellationToken) => sql.RowsAsync(
        sight,
        $"""
        select account_id, resource_id, estimated_usd, billed_usd, list_usd from bills.compared where tenant_id = @tenant and @seen and period = @period and service = @service and {Watched}
        order by abs(estimated_usd - billed_usd) desc, account_id, resource_key offset @skip limit {Page.Size + 1}
        """,
        row => new ResourceComparison(row.GetString(0), row.GetString(1), row.GetDecimal(2), row.GetDecimal(3), row.IsDBNull(4) ? null : row.GetDecimal(4)),
        new Dictionary<string, object> { ["period"] = period, ["service"] = service, ["skip"] = Page.Skip(page) },
        cancellationToken);

    /// <summary>Connected accounts that may be asked for a bill.</summary>
    public async Task<IReadOnlyList<ConnectedAccount>> AccountsAsync(Sight sight, CancellationToken cancellationToken)
    {
        await using var session = store.QuerySession(sight.TenantId);
        return await session.Query<ConnectedAccount>().Seen(sight, account => account.AccountId).OrderBy(account => account.AccountId).Take(1_000).ToListAsync(cancellationToken);
    }

    /// <summary>What each service is billed per dollar of our estimates, learned from the accounts that are seen.</summary>
    public async Task<IReadOnlyDictionary<string, DiscountFactor>> FactorsAsync(Sight sight, CancellationToken cancellationToken)
    {
        var rows = await sql.RowsAsync(
            sight,
            $"""
            with one as (
                select service, account_id, resource_key, sum(both_billed_usd)::float8 as b, sum(both_estimated_usd)::float8 as e from bills.compared
                where tenant_id = @tenant and @seen and both_days > 0 and period > (select max(period) from bills.periods where tenant_id = @tenant) - interval '{LearnedMonths} months'
                group by 1, 2, 3)
            select service, count(*), sum(b), sum(e), sum(b * b), sum(b * e), sum(e * e) from one group by 1
            """,
            row => (Service: row.GetString(0), Factor: DiscountFactor.Of(new(row.GetInt64(1), row.GetDouble(2), row.GetDouble(3), row.GetDouble(4), row.GetDouble(5), row.GetDouble(6)))), None, cancellationToken);
        return rows.Where(row => row.Factor is not null).ToDictionary(row => row.Service, row => row.Factor!);
    }

    /// <summary>A month as addresses have it, <c>2026-09</c>; null for what is none.</summary>
    public static DateOnly? Month(string? text) => DateOnly.TryParseExact(text, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out var month) ? month : null;

    private Task<List<BillItem>> BillsAsync(Sight sight, Dictionary<string, object> of, CancellationToken cancellationToken) => sql.OfTenantAsync(
        sight.TenantId,
        """
        select payer, through, compared_at, imported_at, imported_by, files, format, lines, refused, reasons from bills.periods p join bills.imports i on i.tenant_id = p.tenant_id and i.hash = p.import_hash
        where p.tenant_id = @tenant and period = @period order by payer
        """,
        row => new BillItem(
            row.GetString(0), row.GetFieldValue<DateOnly>(1), row.IsDBNull(2) ? null : row.GetFieldValue<DateTimeOffset>(2), row.GetFieldValue<DateTimeOffset>(3), row.GetString(4),
            row.GetFieldValue<string[]>(5), row.GetString(6), row.GetInt64(7), row.GetInt64(8), JsonSerializer.Deserialize<List<Malformed>>(row.GetString(9), JsonSerializerOptions.Web) ?? []),
        of, cancellationToken);

    private static readonly Dictionary<string, object> None = [];
}
