using System.Text.Json;
using DdocCost.App.Shell;
using DdocCost.Domain.Normalise;
using DdocCost.Domain.Pricing;
using DdocCost.Domain.Pricing.Offers;
using DdocCost.Domain.Pricing.Refresh;
using DdocCost.Domain.Scoring;
using DdocCost.Jobs.Prices;
using Microsoft.Extensions.Options;

namespace DdocCost.App.Coverage;

/// <summary>Reads what is priced, from the catalogue, the price book, and the events that were seen.</summary>
internal sealed class CoverageReader(TenantSql sql, PriceStore store, CurrentPrices prices, IOptions<PriceOptions> options, TimeProvider time)
{
    /// <summary>How far back events are looked at, so that the query does not grow with history.</summary>
    public static readonly TimeSpan LookBack = TimeSpan.FromDays(30);

    /// <summary>As many of them, the latest, are counted by how sure their price is: counting millions would take seconds and tell the same.</summary>
    public const int MostEvents = 50_000;

    private const int MostGroups = 200, LatestRefreshes = 8;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private static readonly IReadOnlyList<ServiceCoverage> Catalogue =
    [
        .. from call in EventCatalogue.Default.Calls
           group call by call.Service into service
           orderby service.Key
           select new ServiceCoverage(
               service.Key,
               [.. from call in service group call by BasisOf(call) into basis orderby basis.Key select (basis.Key, (IReadOnlyList<CataloguedCall>)[.. basis])]),
    ];

    private BookFacts? facts;

    /// <summary>Reads it all.</summary>
    public async Task<CoverageView> ReadAsync(Sight sight, CancellationToken cancellationToken)
    {
        var parameters = new Dictionary<string, object> { ["since"] = time.GetUtcNow() - LookBack, ["most"] = MostGroups, ["sample"] = MostEvents };
        var unpriced = sql.RowsAsync(sight, Groups, Group, parameters, cancellationToken);
        var shares = sql.RowsAsync(
            sight,
            """
            select coalesce(data #>> '{costed,cost,confidence}', 'Unknown'), data #>> '{costed,usdPerHour}' is null and coalesce((data #>> '{costed,oneTimeUsd}')::numeric, 0) = 0, count(*)
            from (select data from mt_doc_cost_events where tenant_id = @tenant and @seen and time >= @since order by time desc limit @sample) latest
            where data #>> '{costed,event,action}' in ('Start', 'Change', 'Stop', 'OneTime')
            group by 1, 2
            """,
            row => (Confidence: Enum.Parse<PriceConfidence>(row.GetString(0), ignoreCase: true), IsUnpriced: row.GetBoolean(1), Count: row.GetInt64(2)),
            parameters, cancellationToken);
        var refresh = new RefreshFacts(
            options.Value.Refresh, options.Value.Url, await store.VersionInUseAsync(cancellationToken), await store.LatestAsync(LatestRefreshes, cancellationToken),
            [.. PriceOffer.All.Select(offer => offer.Covers)]);
        var found = await shares;
        return new CoverageView(Catalogue, Facts(prices.Book), refresh, await unpriced, new EventShares(
            [.. found.Where(share => !share.IsUnpriced).GroupBy(share => share.Confidence).OrderByDescending(group => group.Key).Select(group => (group.Key, group.Sum(share => share.Count)))],
            found.Where(share => share.IsUnpriced).Sum(share => share.Count)));
    }

    private const string Groups =
        $$"""
        select data #>> '{costed,event,service}', data #>> '{costed,event,eventName}', coalesce(data #>> '{costed,cost,note}', ''), count(*), max(time),
               (array_agg(id order by time desc))[1], (array_agg(data #>> '{costed,event,location}' order by time desc))[1]
        from mt_doc_cost_events
        where tenant_id = @tenant and @seen and time >= @since and {{CostEventSql.Unpriced}} and coalesce((data #>> '{costed,oneTimeUsd}')::numeric, 0) = 0
        group by 1, 2, 3 order by 4 desc, 1, 2, 3 limit @most
        """;

    private static UnpricedGroup Group(Npgsql.NpgsqlDataReader row) => new(
        row.GetString(0), row.GetString(1), row.GetString(2), row.GetInt64(3), row.GetFieldValue<DateTimeOffset>(4), row.GetGuid(5),
        row.IsDBNull(6) ? null : JsonSerializer.Deserialize<RecordLocation>(row.GetString(6), Json));

    private static PriceBasis BasisOf(CataloguedCall call) => call.Action is ResourceAction.OneTime && PricedResources.BasisOf(call.ResourceType) == PriceBasis.None
        ? PriceBasis.Once : PricedResources.BasisOf(call.ResourceType);

    /// <summary>70,000 rows are summed up once a version.</summary>
    private BookFacts Facts(PriceBook book)
    {
        if (facts?.Version != book.Version)
        {
            facts = Sum(book);
        }

        return facts;
    }

    private static BookFacts Sum(PriceBook book)
    {
        var rows = book.Rows.ToList();
        return new BookFacts(
            book.Version, rows.Count,
            [.. rows.GroupBy(row => row.Confidence).OrderByDescending(group => group.Key).Select(group => (group.Key, group.Count()))],
            [
                .. from row in rows
                   group row by row.Service into service
                   orderby service.Key
                   let dates = service.Select(row => row.Observed).Where(observed => observed.Length > 0).ToList()
                   select new BookService(
                       service.Key, service.Count(), service.Select(row => row.Region).Distinct().Count(), dates.Min() ?? "", dates.Max() ?? "",
                       service.Count(row => row.IsFromAws)),
            ]);
    }
}
