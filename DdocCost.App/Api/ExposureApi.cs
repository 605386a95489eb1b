using DdocCost.App.Access;
using DdocCost.App.Exposure;
using DdocCost.App.Overview;
using DdocCost.Domain.Ledger;
using DdocCost.Domain.Normalise;
using Marten;

namespace DdocCost.App.Api;

/// <summary>What runs now and what it costs.</summary>
internal static class ExposureApi
{
    /// <summary>Maps it.</summary>
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/exposure", SumAsync).WithTags("Exposure").WithSummary("What runs now costs: the total, its course, and its shares.").Produces<ExposureSum>();
        api.MapGet("/resources", ListAsync).WithTags("Exposure").WithSummary("Lists what runs now, the latest started first.").Produces<Slice<ResourceItem>>();
    }

    private static async Task<object> SumAsync(
        ExposureReader reader, ApiCaller caller, CancellationToken cancellationToken,
        string? account = null, string? region = null, string? service = null, string? actor = null, string? tag = null, string? period = null)
    {
        caller.MustSeeAll();
        var view = await reader.ReadAsync(caller.Sight, ExposureFilter.Of(account, region, service, actor, tag, null, null, null), OverviewPeriod.Of(period), cancellationToken);
        return new ExposureSum(
            view.UsdPerHour, view.Count, view.ByAccount, view.ByRegion, view.ByService, view.ByActor, [.. (view.Course ?? []).Select(point => new CoursePoint(point.At, point.Value))]);
    }

    private static async Task<object> ListAsync(
        IDocumentStore store, ApiCaller caller, [AsParameters] SliceQuery slice, TimeProvider time, CancellationToken cancellationToken,
        string? account = null, string? region = null, string? service = null, string? actor = null, string? tag = null, string? q = null)
    {
        await using var session = store.QuerySession(caller.Tenant);
        var rows = ExposureReader.Matching(session, ExposureFilter.Of(account, region, service, actor, tag, q, null, null), time.GetUtcNow());
        return await slice.ReadAsync(caller.Seen(rows), SinceColumn, resource => (resource.Since, resource.Id), ResourceItem.Of, cancellationToken);
    }

    // No column of its own: of what runs there is little enough to sort.
    private const string SinceColumn = "(d.data ->> 'since')::timestamptz";
}

/// <summary>What runs now.</summary>
/// <param name="UsdPerHour">Of all that matches and has a price.</param>
/// <param name="Resources">How many match.</param>
/// <param name="ByAccount">Of all that runs.</param>
/// <param name="ByRegion">Of all that runs.</param>
/// <param name="ByService">Of all that runs.</param>
/// <param name="ByActor">Of all that runs, by who started it.</param>
/// <param name="Course">USD per hour over the period; empty where the filter has no course.</param>
internal sealed record ExposureSum(
    decimal UsdPerHour, long Resources, IReadOnlyList<Share> ByAccount, IReadOnlyList<Share> ByRegion, IReadOnlyList<Share> ByService, IReadOnlyList<Share> ByActor,
    IReadOnlyList<CoursePoint> Course);

/// <summary>Exposure from a moment on.</summary>
/// <param name="At">From when.</param>
/// <param name="UsdPerHour">How much.</param>
internal sealed record CoursePoint(DateTimeOffset At, decimal UsdPerHour);

/// <summary>A resource that runs.</summary>
/// <param name="Id">Ours.</param>
/// <param name="AccountId">AWS account.</param>
/// <param name="Region">AWS region.</param>
/// <param name="Service">Service.</param>
/// <param name="ResourceType">service:kind.</param>
/// <param name="ResourceId">As AWS gave it.</param>
/// <param name="Size">Such as m5.large, or null.</param>
/// <param name="Quantity">Units behind the id.</param>
/// <param name="UsdPerHour">List price; null where none is known.</param>
/// <param name="Since">When it started.</param>
/// <param name="EndsBy">When it will have ended by itself, or null.</param>
/// <param name="PausedAt">When it was stopped with the possibility to start it again, or null.</param>
/// <param name="StartedBy">Who started it.</param>
/// <param name="StartedByEvent">CloudTrail's id of that event.</param>
/// <param name="Owner">What owns it (a group, a cluster), or null.</param>
/// <param name="Tags">Tags, or null.</param>
internal sealed record ResourceItem(
    string Id, string AccountId, string Region, string Service, string ResourceType, string ResourceId, string? Size, decimal Quantity, decimal? UsdPerHour,
    DateTimeOffset Since, DateTimeOffset? EndsBy, DateTimeOffset? PausedAt, Actor StartedBy, string StartedByEvent, string? Owner, IReadOnlyDictionary<string, string>? Tags)
{
    /// <summary>From the document.</summary>
    public static ResourceItem Of(RunningResource r) => new(
        r.Id, r.AccountId, r.Region, r.Service, r.ResourceType, r.ResourceId, r.Size, r.Quantity, r.UsdPerHour, r.Since, r.EndsBy, r.PausedAt, r.StartedBy, r.StartedByEvent, r.Owner, r.Tags);
}
