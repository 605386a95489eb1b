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
        var shares = SharesAsync(sight, now, cancellationToken);
        await using var session = store.QuerySession(sight.TenantId);
        var matching = Matching(session, filter, now).Seen(sight, resource => resource.AccountId);
        var count = await matching.LongCountAsync(cancellationToken);
        var rate = await matching.Where(resource => resource.UsdPerHour != null).SumAsync(resource => resource.UsdPerHour!.Value, cancellationToken);
        var rows = await Sorted(matching, filter.Sort).Skip(Page.Skip(filter.Page)).Take(Page.Size + 1).ToListAsync(cancellationToken);
        var points = filter.HasCourse ? await course.ReadAsync(sight, new(period, filter.Account, filter.Service), rate, cancellationToken) : null;
        return new ExposureView(now, Page.Of(rows, filter.Page), count, rate, (await shares)["account"], (await shares)["region"], (await shares)["service"], (await shares)["actor"], points);
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

    // All four in one pass: what runs may be a hundred thousand documents.
    private async Task<IReadOnlyDictionary<string, IReadOnlyList<Share>>> SharesAsync(Sight sight, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var rows = await sql.RowsAsync(
            sight,
            """
            select by, key, label, usd from (
                select by, key, label, usd, row_number() over (partition by by order by usd desc, key) as place from (
                    select case when grouping(account) = 0 then 'account' when grouping(region) = 0 then 'region' when grouping(service) = 0 then 'service' else 'actor' end as by,
                        coalesce(account, region, service, actor) as key, case when grouping(actor) = 0 then max(actor_name) else coalesce(account, region, service) end as label, coalesce(sum(usd), 0) as usd
                    from (
                        select account_id::text as account, data ->> 'region' as region, data ->> 'service' as service, data -> 'startedBy' ->> 'id' as actor, data -> 'startedBy' ->> 'name' as actor_name, (data ->> 'usdPerHour')::numeric as usd
                        from mt_doc_running_resources
                        where tenant_id = @tenant and @seen and coalesce((data ->> 'endsBy')::timestamptz > @now, true) and (data ->> 'pausedAt' is null or (data ->> 'usdPerHour')::numeric > 0)
                    ) running
                    group by grouping sets ((account), (region), (service), (actor))
                ) sums
            ) placed
            where place <= @most and key is not null order by place
            """,
            row => (By: row.GetString(0), Share: new Share(row.GetString(1), row.IsDBNull(2) ? row.GetString(1) : row.GetString(2), row.GetDecimal(3))),
            new Dictionary<string, object> { ["now"] = now, ["most"] = MostShares },
            cancellationToken);
        return ((string[])["account", "region", "service", "actor"]).ToDictionary(by => by, by => (IReadOnlyList<Share>)[.. rows.Where(row => row.By == by).Select(row => row.Share)]);
    }

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
        "spent" => resources.OrderBySql("coalesce((d.data ->> 'spentUsd')::numeric, 0) + coalesce((d.data ->> 'usdPerHour')::numeric, -1) * extract(epoch from now() - coalesce(d.data ->> 'rateSince', d.data ->> 'since')::timestamptz) / 3600 desc, d.id"),
        "oldest" => resources.OrderBy(resource => resource.Since).ThenBy(resource => resource.Id),
        "newest" => resources.OrderByDescending(resource => resource.Since).ThenBy(resource => resource.Id),
        "type" => resources.OrderBy(resource => resource.ResourceType).ThenBy(resource => resource.Id),
        _ => resources.OrderBySql("coalesce((d.data ->> 'usdPerHour')::numeric, -1) desc, d.id"),
    };
}
