using System.Text.Json;
using DdocCost.App.Shell;
using DdocCost.Domain.Anomalies;
using DdocCost.Domain.Backtest;
using DdocCost.Domain.Scoring;
using DdocCost.Domain.Tuning;
using Marten;

namespace DdocCost.App.Detection;

/// <summary>Reads what the detector knows and how it is set.</summary>
internal sealed class DetectionReader(IDocumentStore store, TenantSql sql, TimeProvider time)
{
    private const int MostAccounts = 500;
    private const int MostServices = 200;
    private const int MostExpectations = 500;

    /// <summary>Reads the part of the page that the filter names.</summary>
    public async Task<DetectionView> ReadAsync(Sight sight, DetectionFilter filter, CancellationToken cancellationToken)
    {
        await using var session = store.QuerySession(sight.TenantId);
        var settings = await session.LoadAsync<DetectionSettings>(DetectionSettings.TheId, cancellationToken) ?? DetectionSettings.None;
        var baselines = filter.Tab == DetectionTab.Normal ? await BaselinesAsync(session, sight, filter, cancellationToken) : [];
        var expectations = filter.Tab == DetectionTab.Expected
            ? await session.Query<StandingExpectation>().Seen(sight, e => e.AccountId).OrderByDescending(e => e.Signature.At).Take(MostExpectations).ToListAsync(cancellationToken)
            : [];
        var runs = filter.Tab == DetectionTab.Backtest && sight.SeesAll // a run is about all accounts
            ? await session.Query<BacktestRun>().OrderByDescending(run => run.AskedAt).Take(BacktestRun.MostKept).ToListAsync(cancellationToken)
            : [];
        var quality = filter.Tab == DetectionTab.Expected ? await QualityAsync(sight, cancellationToken) : new CaseQuality(0, 0, 0);
        var accounts = await AccountsAsync(sight, cancellationToken);
        var shown = accounts.FirstOrDefault(account => filter.Account is null || account.AccountId == filter.Account);
        var hours = filter.Tab == DetectionTab.Normal && shown is not null ? await HoursAsync(sight, shown, cancellationToken) : null;
        return new DetectionView(
            time.GetUtcNow(), accounts, await ServicesAsync(sight, cancellationToken), settings.SeenBy(sight),
            Page.Of(baselines, filter.Page), expectations, runs, quality, hours);
    }

    private static async Task<IReadOnlyList<Baseline>> BaselinesAsync(IQuerySession session, Sight sight, DetectionFilter filter, CancellationToken cancellationToken)
    {
        var baselines = session.Query<Baseline>().Seen(sight, baseline => baseline.AccountId);
        if (filter.Account is { } account)
        {
            baselines = baselines.Where(baseline => baseline.AccountId == account);
        }

        if (filter.Text is { } text)
        {
            baselines = baselines.Where(baseline => baseline.ResourceType.Contains(text, StringComparison.OrdinalIgnoreCase)
                || baseline.ObservedActors.Any(actor => actor.Contains(text, StringComparison.OrdinalIgnoreCase)));
        }

        return await baselines.OrderByDescending(baseline => baseline.EventCount).ThenBy(baseline => baseline.Id)
            .Skip(Page.Skip(filter.Page)).Take(Page.Size + 1).ToListAsync(cancellationToken);
    }

    // A profile remembers every actor's money; the page wants a line of it.
    private Task<List<KnownAccount>> AccountsAsync(Sight sight, CancellationToken cancellationToken) => sql.RowsAsync(
        sight,
        """
        select id, (data ->> 'knownSince')::timestamptz, (data ->> 'clock')::timestamptz, coalesce((data ->> 'usualUsdPerHour')::float8, 0),
            jsonb_array_length(coalesce(data -> 'actors', '[]')), jsonb_array_length(coalesce(data -> 'regions', '[]')),
            (select count(*)::int from mt_doc_baselines b where b.tenant_id = @tenant and b.account_id = p.id)
        from (select *, id as account_id from mt_doc_account_profiles) p where tenant_id = @tenant and @seen order by 4 desc, id limit @most
        """,
        row => new KnownAccount(
            row.GetString(0), row.GetFieldValue<DateTimeOffset>(1), row.GetFieldValue<DateTimeOffset>(2), row.GetDouble(3), row.GetInt32(4), row.GetInt32(5), row.GetInt32(6)),
        new Dictionary<string, object> { ["most"] = MostAccounts }, cancellationToken);

    private async Task<AccountRhythm?> HoursAsync(Sight sight, KnownAccount account, CancellationToken cancellationToken)
    {
        var rows = await sql.RowsAsync(
            sight, "select data ->> 'rhythm' from (select *, id as account_id from mt_doc_account_profiles) p where tenant_id = @tenant and @seen and id = @account and data -> 'rhythm' is not null",
            row => JsonSerializer.Deserialize<Rhythm>(row.GetString(0), JsonSerializerOptions.Web)!,
            new Dictionary<string, object> { ["account"] = account.AccountId }, cancellationToken);
        return new AccountRhythm(account.AccountId, account.Since, rows.Count > 0 ? rows[0] : new Rhythm());
    }

    // A rule is about the service that was called, as events name it: a NAT gateway is made by ec2.
    private Task<List<string>> ServicesAsync(Sight sight, CancellationToken cancellationToken) => sql.RowsAsync(
        sight, "select distinct data ->> 'service' from mt_doc_spend_hours where tenant_id = @tenant and @seen and hour >= @from order by 1 limit @most",
        row => row.GetString(0), new Dictionary<string, object> { ["from"] = time.GetUtcNow().AddDays(-35), ["most"] = MostServices }, cancellationToken);

    private async Task<CaseQuality> QualityAsync(Sight sight, CancellationToken cancellationToken)
    {
        var rows = await sql.RowsAsync(
            sight,
            """
            select count(*), count(*) filter (where data ->> 'end' = 'Expected'), count(*) filter (where data ->> 'end' = 'Wrong')
            from mt_doc_anomaly_cases where tenant_id = @tenant and @seen and severity in ('Warning', 'Critical')
            """,
            row => new CaseQuality(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2)), new Dictionary<string, object>(), cancellationToken);
        return rows[0];
    }
}
