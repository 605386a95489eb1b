using DdocCost.App.Access;
using DdocCost.Domain.Audit;
using DdocCost.Domain.Scoring;
using DdocCost.Domain.Tuning;
using Marten;
using Microsoft.AspNetCore.Http.HttpResults;

namespace DdocCost.App.Api;

/// <summary>What is normal here, and how readily somebody is interrupted.</summary>
internal static class DetectionApi
{
    /// <summary>Maps it.</summary>
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/baselines", BaselinesAsync).WithTags("Detection").WithSummary("What is normal, by account and resource type.").Produces<Slice<BaselineItem>>();
        var settings = api.MapGroup("/sensitivity").WithTags("Detection");
        settings.MapGet("", ReadAsync).WithSummary("How readily somebody is interrupted, by account and service.").Produces<SensitivityItem>();
        settings.MapPut("", SetAsync).WithSummary("Sets all rules at once; version is what was read.").RequireAuthorization(Roles.ApiAdminPolicy);
    }

    private static async Task<object> BaselinesAsync(
        IDocumentStore store, ApiCaller caller, [AsParameters] SliceQuery slice, CancellationToken cancellationToken, string? account = null, string? type = null)
    {
        await using var session = store.QuerySession(caller.Tenant);
        IQueryable<Baseline> rows = session.Query<Baseline>();
        rows = account is { Length: > 0 } ? rows.Where(row => row.AccountId == account) : rows;
        rows = type is { Length: > 0 } ? rows.Where(row => row.ResourceType == type) : rows;
        // Baselines have no time to order by: their id alone does.
        return await slice.ReadAsync(caller.Seen(rows), "'epoch'::timestamptz", row => (DateTimeOffset.UnixEpoch, row.Id), BaselineItem.Of, cancellationToken);
    }

    private static async Task<object> ReadAsync(SettingsDesk desk, ApiCaller caller, CancellationToken cancellationToken)
    {
        var settings = (await desk.ReadAsync(caller.Tenant, cancellationToken)).SeenBy(caller.Sight);
        return new SensitivityItem(settings.Rules, settings.Version, Sensitivity.Default);
    }

    private static async Task<NoContent> SetAsync(SensitivityBody body, SettingsDesk desk, ApiCaller caller, CancellationToken cancellationToken) =>
        await desk.SaveAsync(AllOf(caller), DetectionSettings.None with { Version = body.Version }, body.Rules, caller.Name, Mouth.Api, cancellationToken) is { } refusal
            ? throw ApiException.Refused([refusal])
            : TypedResults.NoContent();

    private static string AllOf(ApiCaller caller)
    {
        caller.MustSeeAll();
        return caller.Tenant;
    }
}

/// <summary>What is normal of a resource type in an account.</summary>
/// <param name="AccountId">AWS account.</param>
/// <param name="ResourceType">service:kind.</param>
/// <param name="MeanUsdPerHour">Mean of what an event adds.</param>
/// <param name="DeviationUsdPerHour">Standard deviation of that.</param>
/// <param name="Events">How many were seen.</param>
/// <param name="Actors">Who did them, at most 20.</param>
internal sealed record BaselineItem(string AccountId, string ResourceType, double MeanUsdPerHour, double DeviationUsdPerHour, int Events, IReadOnlyList<string> Actors)
{
    /// <summary>From the document.</summary>
    public static BaselineItem Of(Baseline b) => new(b.AccountId, b.ResourceType, b.MeanHourlyCost, b.Deviation, b.EventCount, b.ObservedActors);
}

/// <summary>What is set.</summary>
/// <param name="Rules">By account and service.</param>
/// <param name="Version">Hand it back when setting.</param>
/// <param name="Default">Where no rule holds.</param>
internal sealed record SensitivityItem(IReadOnlyList<SensitivityRule> Rules, Guid Version, Sensitivity Default);

/// <summary>What is to be set.</summary>
/// <param name="Rules">All rules.</param>
/// <param name="Version">As read; the change is refused where somebody else was faster.</param>
internal sealed record SensitivityBody(IReadOnlyList<SensitivityRule> Rules, Guid Version);
