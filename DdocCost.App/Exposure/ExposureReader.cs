using System.Runtime.CompilerServices;
using DdocCost.App.Overview;
using DdocCost.App.Shell;
using DdocCost.Domain.Ledger;
using Marten;
using Marten.Linq.MatchesSql;

namespace DdocCost.App.Exposure;

/// <summary>Reads what runs now.</summary>
internal sealed class ExposureReader(IDocumentStore store, TenantSql sql, ExposureCourse course, TimeProvider time)
{
    private const int MostShares = 100;

    /// <summary>A page, its totals and the shares.</summary>
    public async Task<ExposureView> ReadAsync(Sight sight, ExposureFilter filter, OverviewPeriod period, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var byAccount = SharesAsync(sight, now, "account_id", "account_id", cancellationToken);
        var byRegion = SharesAsync(sight, now, "data ->> 'region'", "data ->> 'region'", cancellationToken);
        var byService = SharesAsync(sight, now, "data ->> 'service'", "data ->> 'service'", cancellationToken);
        var byActor = SharesAsync(sight, now, "data -> 'startedBy' ->> 'id'", "data -> 'startedBy' ->> 'name'", cancellationToken);
        await using var session = store.QuerySession(sight.TenantId);
        var matching = Matching(session, filter, now).Seen(sight, resource => resource.AccountId);
        var count = await matching.LongCountAsync(cancellationToken);
        var rate = await matching.Where(resource => resource.UsdPerHour != null).SumAsync(resource => resource.UsdPerHour!.Value, cancellationToken);
        var rows = await Sorted(matching, filter.Sort).Skip(Page.Skip(filter.Page)).Take(Page.Size + 1).ToListAsync(cancellationToken);
        var points = filter.HasCourse ? await course.ReadAsync(sight, new(period, filter.Account, filter.Service), rate, cancellationToken) : null;
        return new ExposureView(now, Page.Of(rows, filter.Page), count, rate, await byAccount, await byRegion, await byService, await byActor, points);
    }

    /// <summary>All that match, one after another as they come from the database.</summary>
    public async IAsyncEnumerable<RunningResource> AllAsync(Sight sight, ExposureFilter filter, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var session = store.QuerySession(sight.TenantId);
        await foreach (var resource in Sorted(Matching(session, filter, time.GetUtcNow()).Seen(sight, resource => resource.AccountId), filter.Sort).ToAsyncEnumerable(cancellationToken))
        {
            yield return resource;
        }
    }

    private async Task<IReadOnlyList<Share>> SharesAsync(Sight sight, DateTimeOffset now, string key, string label, CancellationToken cancellationToken) => await sql.RowsAsync(
        sight,
        $"""
        select {key}, max({label}), coalesce(sum((data ->> 'usdPerHour')::numeric), 0)
        from mt_doc_running_resources
        where tenant_id = @tenant and @seen and coalesce((data ->> 'endsBy')::timestamptz > @now, true) and (data ->> 'pausedAt' is null or (data ->> 'usdPerHour')::numeric > 0)
        group by 1 order by 3 desc, 1 limit @most
        """,
        row => new Share(row.GetString(0), row.GetString(1), row.GetDecimal(2)),
        new Dictionary<string, object> { ["now"] = now, ["most"] = MostShares },
        cancellationToken);

    /// <summary>All that a filter lets through, whatever its page and order.</summary>
    internal static IQueryable<RunningResource> Matching(IQuerySession session, ExposureFilter filter, DateTimeOffset now)
    {
        var resources = session.Query<RunningResource>().Where(resource => (resource.PausedAt == null || resource.UsdPerHour > 0) && (resource.EndsBy == null || resource.EndsBy > now));
        if (filter.Account is { } account)
        {
            resources = resources.Where(resource => resource.AccountId == account);
        }

        if (filter.Region is { } region)
        {
            resources = resources.Where(resource => resource.Region == region);
        }

        if (filter.Service is { } service)
        {
            resources = resources.Where(resource => resource.Service == service);
        }

        if (filter.Actor is { } actor)
        {
            resources = resources.Where(resource => resource.StartedBy.Id == actor);
        }

        if (filter.Tag?.Split('=', 2) is { } tag)
        {
            resources = tag is [var key, var value]
                ? resources.Where(resource => resource.MatchesSql("d.data -> 'tags' ->> ? = ?", key.Trim(), value.Trim()))
                : resources.Where(resource => resource.MatchesSql("d.data -> 'tags' ->> ? is not null", tag[0]));
        }

        return filter.Text is not { } text
            ? resources
            : resources.Where(resource => resource.ResourceId.Contains(text, StringComparison.OrdinalIgnoreCase)
                || resource.ResourceType.Contains(text, StringComparison.OrdinalIgnoreCase)
                || resource.Size!.Contains(text, StringComparison.OrdinalIgnoreCase));
    }

    // What has no price comes last in each order by money: PostgreSQL puts null first when descending.
    private static IQueryable<RunningResource> Sorted(IQueryable<RunningResource> resources, string sort) => sort switch
    {
        "spent" => resources.OrderBySql("coalesce((d.data ->> 'usdPerHour')::numeric, -1) * extract(epoch from now() - (d.data ->> 'since')::timestamptz) desc, d.id"),
        "oldest" => resources.OrderBy(resource => resource.Since).ThenBy(resource => resource.Id),
        "newest" => resources.OrderByDescending(resource => resource.Since).ThenBy(resource => resource.Id),
        "type" => resources.OrderBy(resource => resource.ResourceType).ThenBy(resource => resource.Id),
        _ => resources.OrderBySql("coalesce((d.data ->> 'usdPerHour')::numeric, -1) desc, d.id"),
    };
}
