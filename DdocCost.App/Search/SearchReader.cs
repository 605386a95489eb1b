using DdocCost.App.Anomalies;
using DdocCost.App.Exposure;
using DdocCost.App.Shell;
using DdocCost.App.Zombies;
using DdocCost.Domain.Anomalies;
using DdocCost.Domain.Ledger;
using DdocCost.Domain.Sources;
using DdocCost.Domain.Zombies;
using Marten;

namespace DdocCost.App.Search;

/// <summary>Finds accounts, cases, resources, actors and zombies by part of an id or name, of what somebody sees.</summary>
internal sealed class SearchReader(IDocumentStore store, TenantSql sql, TimeProvider time)
{
    /// <summary>Shortest text that is looked for, in characters.</summary>
    public const int Shortest = 2;

    /// <summary>Longest, in characters: an ARN fits.</summary>
    public const int Longest = 300;

    private const int MostOfAKind = 5;

    // Who was not active within a week and runs nothing is found through a case.
    private static readonly TimeSpan ActorsOf = TimeSpan.FromDays(7);

    // Somebody waits while they type; what takes longer is given up, in the database too.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <summary>At most five of each kind, accounts first.</summary>
    /// <param name="sight">Who looks.</param>
    /// <param name="text">Part of an id or name, from <see cref="Shortest"/> to <see cref="Longest"/> characters; others find nothing. Case does not matter.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="TimeoutException">It took longer than three seconds.</exception>
    public async Task<IReadOnlyList<SearchHit>> FindAsync(Sight sight, string? text, CancellationToken cancellationToken)
    {
        if (text?.Trim() is not { Length: >= Shortest and <= Longest } wanted)
        {
            return [];
        }

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            var query = new Query(sight, wanted, patience.Token);
            var parts = await Task.WhenAll(AccountsAsync(query), CasesAsync(query), ResourcesAsync(query), ActorsAsync(query), ZombiesAsync(query));
            return [.. parts.SelectMany(part => part)];
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException("The search took too long.", e);
        }
    }

    private async Task<IEnumerable<SearchHit>> AccountsAsync(Query query)
    {
        await using var session = store.QuerySession(query.Sight.TenantId);
        var text = query.Text;
        var found = await session.Query<ConnectedAccount>().Seen(query.Sight, account => account.AccountId)
            .Where(account => account.AccountId.Contains(text) || account.Name.Contains(text, StringComparison.OrdinalIgnoreCase))
            .OrderBy(account => account.Name).Take(MostOfAKind).ToListAsync(query.Stop);
        return found.Select(account => new SearchHit(HitKind.Account, account.AccountId, account.Name, account.AccountId, $"/exposure?account={Escaped(account.AccountId)}"));
    }

    private async Task<IEnumerable<SearchHit>> CasesAsync(Query query)
    {
        await using var session = store.QuerySession(query.Sight.TenantId);
        var filter = AnomalyFilter.Of("all", null, null, query.Text, page: 1);
        var found = await AnomalyReader.Matching(session, filter, time.GetUtcNow()).Seen(query.Sight, anomaly => anomaly.AccountId)
            .OrderByDescending(anomaly => anomaly.DetectedAt).Take(MostOfAKind).ToListAsync(query.Stop);
        return found.Select(Of);
    }

    private async Task<IEnumerable<SearchHit>> ResourcesAsync(Query query)
    {
        await using var session = store.QuerySession(query.Sight.TenantId);
        var filter = ExposureFilter.Of(null, null, null, null, null, query.Text, null, null);
        var found = await ExposureReader.Matching(session, filter, time.GetUtcNow()).Seen(query.Sight, resource => resource.AccountId)
            .OrderBySql("coalesce((d.data ->> 'usdPerHour')::numeric, -1) desc, d.id").Take(MostOfAKind).ToListAsync(query.Stop);
        return found.Select(Of);
    }

    private async Task<IEnumerable<SearchHit>> ActorsAsync(Query query) => await sql.RowsAsync(
        query.Sight,
        """
        select id, max(name), count(distinct account_id)
        from (select account_id, data -> 'startedBy' ->> 'id' as id, data -> 'startedBy' ->> 'name' as name
              from mt_doc_running_resources where tenant_id = @tenant and @seen
              union all
              select account_id, data -> 'actor' ->> 'id', data -> 'actor' ->> 'name'
              from mt_doc_spend_hours where tenant_id = @tenant and @seen and hour >= @since) actors
        where strpos(lower(name), lower(@text)) > 0 or strpos(lower(id), lower(@text)) > 0
        group by id order by count(*) desc, id limit @most
        """,
        row => new SearchHit(HitKind.Actor, row.GetString(0), row.GetString(1), $"{row.GetString(0)} in {Accounts(row.GetInt64(2))}", $"/events?actor={Escaped(row.GetString(0))}"),
        new Dictionary<string, object> { ["text"] = query.Text, ["since"] = time.GetUtcNow() - ActorsOf, ["most"] = MostOfAKind },
        query.Stop);

    private async Task<IEnumerable<SearchHit>> ZombiesAsync(Query query)
    {
        await using var session = store.QuerySession(query.Sight.TenantId);
        var filter = ZombieFilter.Of("all", null, null, null, null, query.Text, small: true, null, null);
        var found = await ZombieReader.Matching(session, filter).Where(finding => finding.State != FindingState.Gone).Seen(query.Sight, finding => finding.AccountId)
            .OrderByDescending(finding => finding.LastSeenAt).Take(MostOfAKind).ToListAsync(query.Stop);
        return found.Select(Of);
    }

    private static SearchHit Of(AnomalyCase anomaly) => new(
        HitKind.Case, anomaly.Id, anomaly.Title, $"{anomaly.Actor.Name} · {anomaly.AccountId} · {(anomaly.IsClosed ? "closed" : "open")}", $"/anomalies/{Escaped(anomaly.Id)}");

    private static SearchHit Of(RunningResource resource) => new(
        HitKind.Resource, resource.ResourceId, resource.ResourceId,
        $"{string.Join(' ', new[] { resource.ResourceType, resource.Size }.OfType<string>())} · {resource.Region} · {resource.AccountId}",
        $"/exposure?q={Escaped(resource.ResourceId)}");

    private static SearchHit Of(ZombieFinding finding) => new(
        HitKind.Zombie, finding.Id, finding.Name ?? finding.ResourceId, $"{finding.Title} · {finding.Region} · {finding.AccountId}", $"/zombies/{Escaped(finding.Id)}");

    private static string Accounts(long count) => count == 1 ? "one account" : $"{count} accounts";

    private static string Escaped(string id) => Uri.EscapeDataString(id);

    private sealed record Query(Sight Sight, string Text, CancellationToken Stop);
}
