using DdocCost.App.Shell;
using DdocCost.Domain.Sources;
using DdocCost.Domain.Zombies;
using Marten;

namespace DdocCost.App.Zombies;

/// <summary>Reads findings, rules and scans.</summary>
internal sealed class ZombieReader(IDocumentStore store, TenantSql sql, TimeProvider time)
{
    private const int MostShares = 100;
    private const string Counted = "case when data ->> 'countedIn' is null then coalesce((data -> 'saving' ->> 'usdPerMonth')::numeric, 0) else 0 end";
    private const string Saving = "coalesce((d.data -> 'saving' ->> 'usdPerMonth')::numeric, -1)";

    /// <summary>A page of findings with totals.</summary>
    public async Task<ZombieListView> ReadAsync(Sight sight, ZombieFilter filter, CancellationToken cancellationToken)
    {
        var totals = sql.RowsAsync(
            sight, $"select state, count(*)::int, sum({Counted}) from mt_doc_zombie_findings where tenant_id = @tenant and @seen group by 1",
            row => (State: Enum.Parse<FindingState>(row.GetString(0)), Count: row.GetInt32(1), Usd: row.GetDecimal(2)), new Dictionary<string, object>(), cancellationToken);
        var byAccount = SharesAsync(sight, "account_id", cancellationToken);
        var byService = SharesAsync(sight, "data ->> 'service'", cancellationToken);
        var byCreator = SharesAsync(sight, "coalesce(data -> 'birth' ->> 'actorName', 'not known')", cancellationToken);
        await using var session = store.QuerySession(sight.TenantId);
        var matching = Matching(session, filter).Seen(sight, finding => finding.AccountId);
        var small = await matching.Where(finding => finding.Saving.UsdPerMonth < 1 && finding.CountedIn == null).Select(finding => finding.Saving.UsdPerMonth!.Value).ToListAsync(cancellationToken);
        var rows = await Sorted(filter.Small ? matching : matching.Where(finding => finding.Saving.UsdPerMonth == null || finding.Saving.UsdPerMonth >= 1), filter.Sort)
            .Skip(Page.Skip(filter.Page)).Take(Page.Size + 1).ToListAsync(cancellationToken);
        var runs = await session.Query<HuntRun>().Seen(sight, run => run.AccountId).OrderByDescending(run => run.StartedAt).Take(200).ToListAsync(cancellationToken);
        var connected = await session.Query<ConnectedAccount>().Seen(sight, one => one.AccountId).ToListAsync(cancellationToken);
        return new ZombieListView(
            time.GetUtcNow(), Page.Of(rows, filter.Page), (await totals).ToDictionary(total => total.State, total => (total.Count, total.Usd)), (small.Count, small.Sum()),
            await byAccount, await byService, await byCreator,
            [.. runs.GroupBy(run => run.AccountId).Select(of => of.First()).OrderBy(run => run.State != HuntState.Running).ThenBy(run => run.AccountId, StringComparer.Ordinal)],
            [.. connected.OrderBy(account => account.Name, StringComparer.OrdinalIgnoreCase)]);
    }

    /// <summary>All findings that match, one by one, without a limit.</summary>
    public async IAsyncEnumerable<ZombieFinding> AllAsync(Sight sight, ZombieFilter filter, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var session = store.QuerySession(sight.TenantId);
        await foreach (var finding in Sorted(Matching(session, filter).Seen(sight, finding => finding.AccountId), filter.Sort).ToAsyncEnumerable(cancellationToken))
            yield return finding;
    }

    /// <summary>One finding.</summary>
    public async Task<FindingLookup> FindAsync(Sight sight, string id, CancellationToken cancellationToken)
    {
        await using var session = store.QuerySession(sight.TenantId);
        var finding = await session.LoadAsync<ZombieFinding>(id, cancellationToken);
        if (finding is null || !sight.Sees(finding.AccountId))
            return new FindingLookup(time.GetUtcNow(), null, null, []);
        var whole = finding.CountedIn is { } holder ? await session.LoadAsync<ZombieFinding>(holder, cancellationToken) : null;
        var parts = await session.Query<ZombieFinding>().Where(part => part.AccountId == finding.AccountId && part.CountedIn == id).Take(Page.Size).ToListAsync(cancellationToken);
        return new FindingLookup(time.GetUtcNow(), finding, whole, parts);
    }

    /// <summary>The rules, with what a tenant changed and what they found.</summary>
    public async Task<RulesView> RulesAsync(Sight sight, CancellationToken cancellationToken)
    {
        var found = sql.RowsAsync(
            sight, $"select rule_id, count(*)::int, sum({Counted}) from mt_doc_zombie_findings where tenant_id = @tenant and @seen and state <> 'Gone' group by 1",
            row => (Rule: row.GetString(0), Count: row.GetInt32(1), Usd: row.GetDecimal(2)), new Dictionary<string, object>(), cancellationToken);
        await using var session = store.QuerySession(sight.TenantId);
        var settings = await session.Query<RuleSetting>().ToListAsync(cancellationToken);
        var hunt = await session.LoadAsync<HuntSettings>(HuntSettings.TheId, cancellationToken) ?? new HuntSettings();
        return new RulesView(settings.ToDictionary(setting => setting.Id), (await found).ToDictionary(of => of.Rule, of => (of.Count, of.Usd)), hunt);
    }

    /// <summary>Scans, newest first, and what trail and scans know of what runs.</summary>
    public async Task<ScansView> ScansAsync(Sight sight, string? account, int page, CancellationToken cancellationToken)
    {
        await using var session = store.QuerySession(sight.TenantId);
        var runs = session.Query<HuntRun>().Seen(sight, run => run.AccountId).Where(run => account == null || run.AccountId == account);
        var rows = await runs.OrderByDescending(run => run.StartedAt).Skip(Page.Skip(page)).Take(Page.Size + 1).ToListAsync(cancellationToken);
        var comparisons = await session.Query<InventoryComparison>().Seen(sight, comparison => comparison.AccountId).Where(comparison => account == null || comparison.AccountId == account).ToListAsync(cancellationToken);
        var connected = await session.Query<ConnectedAccount>().Seen(sight, one => one.AccountId).ToListAsync(cancellationToken);
        return new ScansView(
            Page.Of(rows, page), await MonthAsync(session, sight, account, cancellationToken), [.. comparisons.OrderByDescending(one => one.ScanOnlyUsdPerHour + one.TrailOnlyUsdPerHour).Take(Page.Size)],
            [.. connected.OrderBy(one => one.Name, StringComparer.OrdinalIgnoreCase)]);
    }

    /// <summary>What scans cost in this calendar month, by account, and what they may.</summary>
    private async Task<HuntMonth> MonthAsync(IQuerySession session, Sight sight, string? account, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var month = new DateTimeOffset(now.Year, now.Month, 1, 0, 0, 0, TimeSpan.Zero);
        var settings = await session.LoadAsync<HuntSettings>(HuntSettings.TheId, cancellationToken) ?? new HuntSettings();
        var runs = await session.Query<HuntRun>().Seen(sight, run => run.AccountId).Where(run => run.StartedAt >= month && (account == null || run.AccountId == account)).Select(run => new { run.AccountId, run.Usd, run.Metrics }).ToListAsync(cancellationToken);
        return new HuntMonth(settings.MostUsdPerMonth, [.. runs.GroupBy(run => run.AccountId).Select(of => new HuntMeterView(of.Key, of.Sum(run => run.Usd), of.Sum(run => run.Metrics), of.Count())).OrderByDescending(of => of.Usd).ThenBy(of => of.AccountId, StringComparer.Ordinal)]);
    }

    private async Task<IReadOnlyList<ZombieShare>> SharesAsync(Sight sight, string key, CancellationToken cancellationToken) => await sql.RowsAsync(
        sight, $"select {key}, sum({Counted}), count(*)::int from mt_doc_zombie_findings where tenant_id = @tenant and @seen and state = 'Confirmed' group by 1 order by 2 desc, 1 limit @most",
        row => new ZombieShare(row.GetString(0), row.GetDecimal(1), row.GetInt32(2)), new Dictionary<string, object> { ["most"] = MostShares }, cancellationToken);

    /// <summary>All that a filter lets through, whatever its page and order.</summary>
    internal static IQueryable<ZombieFinding> Matching(IQuerySession session, ZombieFilter filter)
    {
        IQueryable<ZombieFinding> findings = session.Query<ZombieFinding>();
        if (filter.StatesMeant is { Count: > 0 } states)
            findings = findings.Where(finding => finding.State.IsOneOf(states.ToArray()));
        if (filter.Account is { } account)
            findings = findings.Where(finding => finding.AccountId == account);
        if (filter.Service is { } service)
            findings = findings.Where(finding => finding.Service == service);
        if (filter.Rule is { } rule)
            findings = findings.Where(finding => finding.RuleId == rule);
        if (filter.Creator == "not known")
            findings = findings.Where(finding => finding.Birth == null);
        else if (filter.Creator is { } creator)
            findings = findings.Where(finding => finding.Birth!.ActorName == creator);
        return filter.Text is not { } text ? findings : findings.Where(finding =>
            finding.ResourceId.Contains(text, StringComparison.OrdinalIgnoreCase) || finding.Name!.Contains(text, StringComparison.OrdinalIgnoreCase) || finding.Title.Contains(text, StringComparison.OrdinalIgnoreCase));
    }

    // What has no price comes last in each order by money.
    private static IQueryable<ZombieFinding> Sorted(IQueryable<ZombieFinding> findings, string sort) => sort switch
    {
        "wasted" => findings.OrderBySql($"{Saving} * extract(epoch from now() - (d.data ->> 'idleSince')::timestamptz) desc, d.id"),
        "oldest" => findings.OrderBy(finding => finding.IdleSince).ThenBy(finding => finding.Id),
        "newest" => findings.OrderByDescending(finding => finding.FirstSeenAt).ThenBy(finding => finding.Id),
        _ => findings.OrderBySql($"(d.data ->> 'countedIn') is not null, {Saving} desc, d.id"),
    };
}
