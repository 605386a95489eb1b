using DdocCost.App.Access;
using DdocCost.App.Coverage;
using DdocCost.App.Health;
using DdocCost.Domain.Ingestion;
using Marten;

namespace DdocCost.App.Api;

/// <summary>How the product itself does: its parts, what it can price, what it could not read.</summary>
internal static class SystemApi
{
    /// <summary>Maps it.</summary>
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/system", SystemAsync).WithTags("System").WithSummary("How each part does, with versions.").Produces<SystemView>();
        api.MapGet("/coverage", CoverageAsync).WithTags("System").WithSummary("What is priced, and what was seen without a price.").Produces<CoverageItem>();
        api.MapGet("/quarantine", QuarantineAsync).WithTags("System").WithSummary("Lists records that could not be read, the latest first.").Produces<Slice<QuarantinedRecord>>();
    }

    private static async Task<object> SystemAsync(SystemReader reader, HttpContext http, ApiCaller caller, CancellationToken cancellationToken) =>
        await reader.ReadAsync(caller.Tenant, Roles.MayOperate(http.User), cancellationToken);

    private static async Task<object> CoverageAsync(CoverageReader reader, ApiCaller caller, CancellationToken cancellationToken)
    {
        caller.MustSeeAll();
        var view = await reader.ReadAsync(caller.Sight, cancellationToken);
        return new CoverageItem(view.Services.Count, view.Services.Sum(service => service.Calls.Sum(group => group.Calls.Count)), view.Book.Rows, view.Book.Oldest, view.Book.Newest, view.Unpriced);
    }

    private static async Task<object> QuarantineAsync(IDocumentStore store, ApiCaller caller, [AsParameters] SliceQuery slice, CancellationToken cancellationToken)
    {
        await using var session = store.QuerySession(caller.Tenant);
        return await slice.ReadAsync(caller.Seen(session.Query<QuarantinedRecord>()), "d.found_at", record => (record.FoundAt, record.Id), record => record, cancellationToken);
    }
}

/// <summary>What is priced.</summary>
/// <param name="Services">AWS services whose calls are known.</param>
/// <param name="Calls">Calls known.</param>
/// <param name="Prices">Rows of the price book.</param>
/// <param name="OldestPrice">Date of its oldest price.</param>
/// <param name="NewestPrice">Date of its newest price.</param>
/// <param name="Unpriced">What was seen within 30 days without a price.</param>
internal sealed record CoverageItem(int Services, int Calls, int Prices, string OldestPrice, string NewestPrice, IReadOnlyList<UnpricedGroup> Unpriced);
