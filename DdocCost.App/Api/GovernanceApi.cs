using DdocCost.App.Access;
using DdocCost.App.Governance;
using DdocCost.Domain.Audit;
using DdocCost.Domain.Governance;
using Marten;
using Microsoft.AspNetCore.Http.HttpResults;

namespace DdocCost.App.Api;

/// <summary>Panic switch, flags, breakers, and the log of changes.</summary>
internal static class GovernanceApi
{
    /// <summary>Maps it.</summary>
    public static void Map(RouteGroupBuilder api)
    {
        var panic = api.MapGroup("/panic").WithTags("Governance");
        panic.MapGet("", async (IPanicSwitch one, CancellationToken token) => (object)await one.ReadAsync(token)).WithSummary("What the panic switch stands at.").Produces<PanicState>();
        panic.MapPut("", EngageAsync).WithSummary("Stops everything that leaves the system.").RequireAuthorization(Roles.ApiOperatorPolicy);
        panic.MapDelete("", ReleaseAsync).WithSummary("Lets things leave again.").RequireAuthorization(Roles.ApiOperatorPolicy);
        var flags = api.MapGroup("/flags").WithTags("Governance");
        flags.MapGet("", FlagsAsync).WithSummary("Behaviours that can be switched, with owner and expiry.").Produces<IReadOnlyList<FlagItem>>();
        flags.MapPut("/{name}", SetFlagAsync).WithSummary("Sets a flag to off, observe or act.").RequireAuthorization(Roles.ApiOperatorPolicy);
        var breakers = api.MapGroup("/breakers").WithTags("Governance").RequireAuthorization(Roles.ApiOperatorPolicy);
        breakers.MapGet("", async (ICircuitBreakers all, CancellationToken token) => (object)await all.ListAsync(token)).WithSummary("Breakers that remember failures.").Produces<IReadOnlyList<BreakerState>>();
        breakers.MapDelete("", ResetAsync).WithSummary("Closes a breaker by hand.");
        api.MapGet("/audit", AuditAsync).WithTags("Governance").WithSummary("Lists changes, the latest first.").Produces<Slice<AuditEntry>>().RequireAuthorization(Roles.ApiAdminPolicy);
    }

    private static async Task<NoContent> EngageAsync(PanicBody body, GovernanceDesk desk, ApiCaller caller, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(body.Reason) || body.Reason.Length > GovernanceDesk.LongestReason)
        {
            throw ApiException.Invalid("reason", $"Say why, in at most {GovernanceDesk.LongestReason} characters.");
        }

        await desk.EngageAsync(caller.Tenant, body.Reason, caller.Speaker, cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<NoContent> ReleaseAsync(GovernanceDesk desk, ApiCaller caller, CancellationToken cancellationToken)
    {
        await desk.ReleaseAsync(caller.Tenant, caller.Speaker, cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<object> FlagsAsync(IFeatureFlags flags, CancellationToken cancellationToken) =>
        (await flags.ListAsync(cancellationToken)).Select(one => new FlagItem(one.Flag.Name, one.Flag.Purpose, one.Flag.Owner, one.Flag.ExpiresOn, one.Flag.Default, one.Mode)).ToList();

    private static async Task<NoContent> SetFlagAsync(string name, FlagBody body, IFeatureFlags flags, GovernanceDesk desk, ApiCaller caller, CancellationToken cancellationToken)
    {
        var (flag, _) = (await flags.ListAsync(cancellationToken)).FirstOrDefault(one => one.Flag.Name == name);
        await desk.SetAsync(caller.Tenant, flag ?? throw ApiException.NotFound("flag"), body.Mode, caller.Speaker, cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<NoContent> ResetAsync(string name, ICircuitBreakers breakers, GovernanceDesk desk, ApiCaller caller, CancellationToken cancellationToken)
    {
        var breaker = (await breakers.ListAsync(cancellationToken)).FirstOrDefault(one => one.Name == name) ?? throw ApiException.NotFound("breaker with failures");
        await desk.ResetAsync(caller.Tenant, breaker, caller.Speaker, cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<object> AuditAsync(
        IDocumentStore store, ApiCaller caller, [AsParameters] SliceQuery slice, CancellationToken cancellationToken,
        string? by = null, string? action = null, string? subject = null, DateTimeOffset? from = null, DateTimeOffset? to = null)
    {
        caller.MustSeeAll();
        await using var session = store.QuerySession(caller.Tenant);
        IQueryable<AuditEntry> entries = session.Query<AuditEntry>();
        entries = by is { Length: > 0 } ? entries.Where(entry => entry.By == by) : entries;
        entries = action is { Length: > 0 } ? entries.Where(entry => entry.Action == action) : entries;
        entries = subject is { Length: > 0 } ? entries.Where(entry => entry.Subject == subject) : entries;
        entries = from is { } first ? entries.Where(entry => entry.At >= first) : entries;
        entries = to is { } end ? entries.Where(entry => entry.At < end) : entries;
        return await slice.ReadAsync(entries, "d.at", entry => (entry.At, entry.Id), entry => entry, cancellationToken);
    }
}

/// <summary>Why everything is to stop.</summary>
/// <param name="Reason">At most 500 characters.</param>
internal sealed record PanicBody(string Reason);

/// <summary>A behaviour that can be switched.</summary>
/// <param name="Name">Name.</param>
/// <param name="Purpose">What it does.</param>
/// <param name="Owner">Who decides about it.</param>
/// <param name="ExpiresOn">By when the flag must be gone.</param>
/// <param name="Default">Mode where nobody set one.</param>
/// <param name="Mode">Mode.</param>
internal sealed record FlagItem(string Name, string Purpose, string Owner, DateOnly ExpiresOn, FlagMode Default, FlagMode Mode);

/// <summary>A mode to set.</summary>
/// <param name="Mode">off, observe or act.</param>
internal sealed record FlagBody(FlagMode Mode);
