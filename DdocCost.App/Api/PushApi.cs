using DdocCost.App.Access;
using DdocCost.App.Ingest.Agents;
using DdocCost.App.Ingest.Push;
using Microsoft.AspNetCore.Http.HttpResults;

namespace DdocCost.App.Api;

/// <summary>Who sends us records: webhooks and topics, and agents. Keys and tokens are answered once, when they are made.</summary>
internal static class PushApi
{
    private static readonly TimeSpan LongestOverlap = TimeSpan.FromDays(30);

    /// <summary>Maps it.</summary>
    public static void Map(RouteGroupBuilder api)
    {
        var sources = api.MapGroup("/push-sources").WithTags("Sources").RequireAuthorization(Roles.ApiAdminPolicy);
        sources.MapGet("", async (PushReader reader, ApiCaller caller, CancellationToken token) => (object)(await reader.ReadAsync(caller.Tenant, token)).Sources.Select(PushItem.Of).ToList())
            .WithSummary("Webhooks and topics, by name.").Produces<IReadOnlyList<PushItem>>();
        sources.MapPost("", CreateAsync).WithSummary("Makes one; its key is in this answer only.").Produces<MadePush>();
        sources.MapPost("/{id}/rotate", RotateAsync).WithSummary("Gives it a new key, in this answer only; the one in use stays good for a while.").Produces<MadePush>();
        sources.MapPut("/{id}/paused", PauseAsync).WithSummary("Refuses all that it sends, or takes it again.");
        sources.MapDelete("/{id}", RemoveAsync).WithSummary("Removes it; what it brought stays.");
        var agents = api.MapGroup("/agents").WithTags("Sources").RequireAuthorization(Roles.ApiAdminPolicy);
        agents.MapGet("", async (PushReader reader, ApiCaller caller, CancellationToken token) => (object)(await reader.ReadAsync(caller.Tenant, token)).Agents.Select(AgentItem.Of).ToList())
            .WithSummary("Agents, by name, with how they do.").Produces<IReadOnlyList<AgentItem>>();
        agents.MapPost("", AnnounceAsync).WithSummary("Announces one; its token, good once and for 24 hours, is in this answer only.").Produces<MadePush>();
        agents.MapPost("/{id}/token", NewTokenAsync).WithSummary("A new one-time token for a machine that is set up anew.").Produces<MadePush>();
        agents.MapPut("/{id}/revoked", RevokeAsync).WithSummary("Shuts an agent out, or lets it in again.");
        agents.MapDelete("/{id}", RemoveAgentAsync).WithSummary("Removes an agent; what it brought stays.");
    }

    private static async Task<object> CreateAsync(PushBody body, PushDesk desk, ApiCaller caller, CancellationToken cancellationToken)
    {
        var draft = new PushDraft(body.Name, body.Kind, body.Accounts ?? [], body.Topics ?? [], body.Days is { } days ? TimeSpan.FromDays(Days(days)) : null);
        var (source, key) = await desk.CreateAsync(caller.Tenant, caller.Speaker, draft, cancellationToken);
        return new MadePush(source.Id, key);
    }

    private static async Task<object> RotateAsync(string id, RotateBody body, PushDesk desk, ApiCaller caller, CancellationToken cancellationToken)
    {
        var overlap = TimeSpan.FromHours(Math.Clamp(body.OverlapHours, 0, LongestOverlap.TotalHours));
        return await desk.RotateAsync(caller.Tenant, id, caller.Speaker, body.Days is { } days ? TimeSpan.FromDays(Days(days)) : null, overlap, cancellationToken) is { } key
            ? new MadePush(id, key)
            : throw ApiException.NotFound("source with keys");
    }

    private static async Task<NoContent> PauseAsync(string id, PausedBody body, PushDesk desk, ApiCaller caller, CancellationToken cancellationToken) =>
        Done(await desk.PauseAsync(caller.Tenant, id, body.IsPaused, caller.Speaker, cancellationToken), "source");

    private static async Task<NoContent> RemoveAsync(string id, PushDesk desk, ApiCaller caller, CancellationToken cancellationToken) =>
        Done(await desk.RemoveAsync(caller.Tenant, id, caller.Speaker, cancellationToken), "source");

    private static async Task<object> AnnounceAsync(AgentBody body, AgentDesk desk, ApiCaller caller, CancellationToken cancellationToken)
    {
        var (agent, token) = await desk.CreateAsync(caller.Tenant, caller.Speaker, body.Name, body.Accounts ?? [], cancellationToken);
        return new MadePush(agent.Id, token);
    }

    private static async Task<object> NewTokenAsync(string id, AgentDesk desk, ApiCaller caller, CancellationToken cancellationToken) =>
        await desk.NewTokenAsync(caller.Tenant, id, caller.Speaker, cancellationToken) is { } token ? new MadePush(id, token) : throw ApiException.NotFound("agent");

    private static async Task<NoContent> RevokeAsync(string id, RevokedBody body, AgentDesk desk, ApiCaller caller, CancellationToken cancellationToken) =>
        Done(await desk.RevokeAsync(caller.Tenant, id, body.IsRevoked, caller.Speaker, cancellationToken), "agent");

    private static async Task<NoContent> RemoveAgentAsync(string id, AgentDesk desk, ApiCaller caller, CancellationToken cancellationToken) =>
        Done(await desk.RemoveAsync(caller.Tenant, id, caller.Speaker, cancellationToken), "agent");

    private static NoContent Done(bool isDone, string what) => isDone ? TypedResults.NoContent() : throw ApiException.NotFound(what);

    private static int Days(int days) => days is >= 1 and <= 3660 ? days : throw ApiException.Invalid("days", "From 1 to 3,660.");
}

/// <summary>A webhook or topic.</summary>
/// <param name="Id">Part of its keys.</param>
/// <param name="Name">For people.</param>
/// <param name="Kind">How it proves itself.</param>
/// <param name="Accounts">Accounts it may speak for; empty for any.</param>
/// <param name="Topics">ARNs of its topics.</param>
/// <param name="Keys">Beginnings of its keys.</param>
/// <param name="IsPaused">Whether all is refused.</param>
/// <param name="LastDeliveryAt">When something last came, or null.</param>
/// <param name="Records">Records that came.</param>
/// <param name="Trouble">Its last refusal, or null.</param>
internal sealed record PushItem(
    string Id, string Name, PushKind Kind, IReadOnlyList<string> Accounts, IReadOnlyList<string> Topics, IReadOnlyList<string> Keys, bool IsPaused, DateTimeOffset? LastDeliveryAt, long Records,
    string? Trouble)
{
    /// <summary>From what the page shows.</summary>
    public static PushItem Of(PushRow row) => new(
        row.Source.Id, row.Source.Name, row.Source.Kind, row.Source.Accounts, row.Source.Topics, [.. row.Source.Keys.Select(key => key.Begins)], row.Source.IsPaused,
        row.Tally?.LastDeliveryAt, row.Tally?.Records ?? 0, row.Trouble?.Reason);
}

/// <summary>An agent.</summary>
/// <param name="Id">Part of its credentials.</param>
/// <param name="Name">For people.</param>
/// <param name="Accounts">Accounts it may speak for; empty for any.</param>
/// <param name="State">How it does.</param>
/// <param name="Host">The host it enrolled from, as it said.</param>
/// <param name="HeardAt">When it last reported, or null.</param>
/// <param name="Records">Records it brought.</param>
internal sealed record AgentItem(string Id, string Name, IReadOnlyList<string> Accounts, AgentState State, string Host, DateTimeOffset? HeardAt, long Records)
{
    /// <summary>From what the page shows.</summary>
    public static AgentItem Of(AgentRow row) =>
        new(row.Agent.Id, row.Agent.Name, row.Agent.Accounts, row.State, row.Agent.Host, row.Report?.HeardAt, row.Tally?.Records ?? 0);
}

/// <summary>A webhook or topic to make.</summary>
/// <param name="Name">For people.</param>
/// <param name="Kind">token, signature or snsTopic.</param>
/// <param name="Accounts">Accounts it may speak for; left out for any.</param>
/// <param name="Topics">ARNs, for snsTopic.</param>
/// <param name="Days">How long its first key is good; left out for ever.</param>
internal sealed record PushBody(string Name, PushKind Kind, IReadOnlyList<string>? Accounts = null, IReadOnlyList<string>? Topics = null, int? Days = null);

/// <summary>How a key is changed.</summary>
/// <param name="OverlapHours">How long the one in use is still good, at most 720; 168 where left out.</param>
/// <param name="Days">How long the new one is good; left out for ever.</param>
internal sealed record RotateBody(int OverlapHours = 168, int? Days = null);

/// <summary>Whether all is refused.</summary>
/// <param name="IsPaused">What is to hold.</param>
internal sealed record PausedBody(bool IsPaused);

/// <summary>An agent to announce.</summary>
/// <param name="Name">For people.</param>
/// <param name="Accounts">Accounts it may speak for; left out for any.</param>
internal sealed record AgentBody(string Name, IReadOnlyList<string>? Accounts = null);

/// <summary>Whether an agent is shut out.</summary>
/// <param name="IsRevoked">What is to hold.</param>
internal sealed record RevokedBody(bool IsRevoked);

/// <summary>What was made, with its secret.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Secret">Key or token, not shown again; null for a topic, which signs by itself.</param>
internal sealed record MadePush(string Id, string? Secret);
