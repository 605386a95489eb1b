using System.ComponentModel;
using DdocCost.App.Access;
using DdocCost.App.Notify;
using DdocCost.App.Shell;
using DdocCost.Domain.Notify;
using DdocCost.Domain.Notify.Digests;
using DdocCost.Domain.Notify.Routing;
using DdocCost.Jobs.Notify;
using DdocCost.Jobs.Notify.Digests;
using Marten;
using Microsoft.AspNetCore.Http.HttpResults;

namespace DdocCost.App.Api;

/// <summary>Channels, messages, routing rules and digests.</summary>
internal static class NotifyApi
{
    /// <summary>Maps it.</summary>
    public static void Map(RouteGroupBuilder api)
    {
        var channels = api.MapGroup("/channels").WithTags("Notifications");
        channels.MapGet("", ChannelsAsync).WithSummary("All channels with how they do; secrets are never shown.").Produces<IReadOnlyList<ChannelItem>>();
        channels.MapPut("/{id}", SaveChannelAsync).WithSummary("Makes or changes a channel. Secrets left out stay as they are.").RequireAuthorization(Roles.ApiAdminPolicy);
        channels.MapDelete("/{id}", RemoveChannelAsync).WithSummary("Removes a channel.").RequireAuthorization(Roles.ApiAdminPolicy);
        channels.MapPost("/{id}/test", TestAsync).WithSummary("Sends a test message at once and answers what the server said.").Produces<TestAnswer>().RequireAuthorization(Roles.ApiAdminPolicy);
        var messages = api.MapGroup("/messages").WithTags("Notifications");
        messages.MapGet("", MessagesAsync).WithSummary("Lists messages with what became of them, the latest first, 50 a page.").Produces<MessagePage>();
        messages.MapPost("/{id:guid}/resend", ResendAsync).WithSummary("Sends a message again that has come to an end.").RequireAuthorization(Roles.ApiTriagePolicy);
        messages.MapPost("/held/send", SendHeldAsync).WithSummary("Sends what panic mode held back.").RequireAuthorization(Roles.ApiAdminPolicy);
        messages.MapDelete("/held", DiscardHeldAsync).WithSummary("Throws away what panic mode held back; each can be sent again.").RequireAuthorization(Roles.ApiAdminPolicy);
        var routing = api.MapGroup("/routing").WithTags("Notifications");
        routing.MapGet("", RoutingAsync).WithSummary("Who is told what.").Produces<RoutingPolicy>();
        routing.MapPut("", SaveRoutingAsync).WithSummary("Sets all rules at once.").RequireAuthorization(Roles.ApiAdminPolicy);
        var digests = api.MapGroup("/digests").WithTags("Notifications");
        digests.MapGet("", DigestsAsync).WithSummary("Who gets a digest when.").Produces<IReadOnlyList<DigestItem>>();
        digests.MapGet("/preview", PreviewAsync).WithSummary("What a digest would say now.").Produces<Digest>();
        digests.MapPut("/{id}", SaveDigestAsync).WithSummary("Makes or changes a digest.").RequireAuthorization(Roles.ApiAdminPolicy);
        digests.MapPost("/{id}/send", SendDigestAsync).WithSummary("Sends what happened since the last one, now.").RequireAuthorization(Roles.ApiAdminPolicy);
        digests.MapDelete("/{id}", RemoveDigestAsync).WithSummary("Removes a digest.").RequireAuthorization(Roles.ApiAdminPolicy);
    }

    private static async Task<object> ChannelsAsync(NotifyReader reader, ApiCaller caller, CancellationToken cancellationToken) =>
        (await reader.ChannelsAsync(caller.Sight, cancellationToken)).Channels.Select(ChannelItem.Of).ToList();

    private static async Task<NoContent> SaveChannelAsync(string id, ChannelBody body, ChannelDesk desk, IDocumentStore store, ApiCaller caller, CancellationToken cancellationToken)
    {
        await using var session = store.QuerySession(caller.Tenant);
        var known = await session.LoadAsync<Channel>(IdOf(id), cancellationToken);
        if (known is not null && known.Kind != body.Kind)
        {
            throw ApiException.Conflict($"This channel is of kind {known.Kind}; make another one.");
        }

        var channel = (known ?? new Channel { Id = id, Name = "", Kind = body.Kind }) with
        {
            Name = body.Name, Settings = body.Settings ?? known?.Settings ?? new Dictionary<string, string>(), Enabled = body.Enabled, Heartbeat = body.Heartbeat,
        };
        return Done(await desk.SaveAsync(caller.Tenant, channel, body.Secrets ?? new Dictionary<string, string>(), caller.Speaker, cancellationToken));
    }

    private static async Task<NoContent> RemoveChannelAsync(string id, ChannelDesk desk, IDocumentStore store, ApiCaller caller, CancellationToken cancellationToken)
    {
        await using var session = store.QuerySession(caller.Tenant);
        _ = await session.LoadAsync<Channel>(id, cancellationToken) ?? throw ApiException.NotFound("channel");
        await desk.RemoveAsync(caller.Tenant, id, caller.Speaker, cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<object> TestAsync(string id, ChannelDesk desk, ApiCaller caller, CancellationToken cancellationToken) =>
        await desk.TestAsync(caller.Tenant, id, caller.Speaker, cancellationToken) is { } outcome
            ? new TestAnswer(outcome is SendOutcome.Accepted, outcome.Answer)
            : throw ApiException.NotFound("channel");

    private static async Task<object> MessagesAsync(
        NotifyReader reader, ApiCaller caller, CancellationToken cancellationToken,
        string? state = null, string? channel = null, [Microsoft.AspNetCore.Mvc.FromQuery(Name = "case")] string? caseId = null, [Description("From 1.")] int? page = null)
    {
        caller.MustSeeAll();
        var view = await reader.MessagesAsync(caller.Sight, MessageFilter.Of(Choice.Of("state", state, MessageFilter.States), channel, caseId, page), cancellationToken);
        return new MessagePage(view.Messages.Items, view.Messages.Number, view.Messages.HasMore);
    }

    private static async Task<NoContent> ResendAsync(Guid id, MessageDesk desk, ApiCaller caller, CancellationToken cancellationToken) =>
        caller.Sight.SeesAll && await desk.ResendAsync(caller.Tenant, id, caller.Speaker, cancellationToken) ? TypedResults.NoContent() : throw ApiException.NotFound("message that has come to an end");

    private static async Task<object> RoutingAsync(NotifyReader reader, ApiCaller caller, CancellationToken cancellationToken) =>
        (await reader.RoutingAsync(caller.Sight, cancellationToken)).Policy;

    private static async Task<NoContent> SaveRoutingAsync(RoutingPolicy body, RoutingDesk desk, ApiCaller caller, CancellationToken cancellationToken) =>
        Done(await desk.SaveAsync(caller.Tenant, body with { Id = RoutingPolicy.TheId }, caller.Speaker, cancellationToken));

    private static async Task<object> DigestsAsync(NotifyReader reader, ApiCaller caller, CancellationToken cancellationToken) =>
        (await reader.DigestsAsync(caller.Sight, cancellationToken)).Subscriptions.Select(DigestItem.Of).ToList();

    private static async Task<object> PreviewAsync(DigestReader reader, TimeProvider time, ApiCaller caller, CancellationToken cancellationToken, bool weekly = false)
    {
        var now = time.GetUtcNow();
        return DigestWriter.Write(await reader.ReadAsync(caller.Sight, now.AddDays(weekly ? -7 : -1), now, "UTC", cancellationToken));
    }

    private static async Task<NoContent> SaveDigestAsync(
        string id, DigestBody body, RoutingDesk desk, IDocumentStore store, TimeProvider time, ApiCaller caller, CancellationToken cancellationToken)
    {
        await using var session = store.QuerySession(caller.Tenant);
        var known = await session.LoadAsync<DigestSubscription>(IdOf(id), cancellationToken)
            ?? new DigestSubscription { Id = id, ChannelId = body.ChannelId, CreatedAt = time.GetUtcNow() };
        return Done(await desk.SaveAsync(
            caller.Tenant, known with { ChannelId = body.ChannelId, Weekly = body.Weekly, At = body.At, TimeZone = body.TimeZone, Enabled = body.Enabled }, caller.Speaker, cancellationToken));
    }

    private static async Task<NoContent> SendDigestAsync(string id, DigestSender sender, IDocumentStore store, ApiCaller caller, CancellationToken cancellationToken)
    {
        await using var session = store.QuerySession(caller.Tenant);
        await sender.SendNowAsync(caller.Tenant, await session.LoadAsync<DigestSubscription>(id, cancellationToken) ?? throw ApiException.NotFound("digest"), cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<NoContent> SendHeldAsync(MessageDesk desk, ApiCaller caller, CancellationToken cancellationToken) =>
        await desk.SendHeldAsync(caller.Tenant, caller.Speaker, cancellationToken) ? TypedResults.NoContent() : throw ApiException.NotFound("message held by panic mode");

    private static async Task<NoContent> DiscardHeldAsync(MessageDesk desk, ApiCaller caller, CancellationToken cancellationToken) =>
        await desk.DiscardHeldAsync(caller.Tenant, caller.Speaker, cancellationToken) ? TypedResults.NoContent() : throw ApiException.NotFound("message held by panic mode");

    private static async Task<NoContent> RemoveDigestAsync(string id, RoutingDesk desk, IDocumentStore store, ApiCaller caller, CancellationToken cancellationToken)
    {
        await using var session = store.QuerySession(caller.Tenant);
        _ = await session.LoadAsync<DigestSubscription>(id, cancellationToken) ?? throw ApiException.NotFound("digest");
        await desk.RemoveDigestAsync(caller.Tenant, id, caller.Speaker, cancellationToken);
        return TypedResults.NoContent();
    }

    private static NoContent Done(IReadOnlyList<string> problems) => problems.Count == 0 ? TypedResults.NoContent() : throw ApiException.Refused(problems);

    private static string IdOf(string id) =>
        id.Length <= 40 && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_') ? id : throw ApiException.Invalid("id", "At most 40 letters, digits, - and _.");
}

/// <summary>A channel.</summary>
/// <param name="Id">Never changes.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Kind">Kind.</param>
/// <param name="Settings">Settings that are no secrets.</param>
/// <param name="Secrets">Which secrets are kept.</param>
/// <param name="Enabled">Whether anything is sent there.</param>
/// <param name="Heartbeat">Whether it gets a message a day that says that all is well.</param>
/// <param name="AcceptedAt">When it last took a message, or null.</param>
/// <param name="FailedOfDay">Messages it did not take in 24 hours.</param>
/// <param name="Waiting">Messages on their way or held.</param>
/// <param name="OpenUntil">Until when it rests after failures, or null.</param>
/// <param name="LatestFailure">What it answered then, or null.</param>
internal sealed record ChannelItem(
    string Id, string Name, ChannelKind Kind, IReadOnlyDictionary<string, string> Settings, IReadOnlyList<string> Secrets, bool Enabled, bool Heartbeat,
    DateTimeOffset? AcceptedAt, long FailedOfDay, long Waiting, DateTimeOffset? OpenUntil, string? LatestFailure)
{
    /// <summary>From what the page shows.</summary>
    public static ChannelItem Of(ChannelRow row) => new(
        row.Channel.Id, row.Channel.Name, row.Channel.Kind, row.Channel.Settings, [.. row.Channel.SealedSecrets.Keys.Order(StringComparer.Ordinal)], row.Channel.Enabled, row.Channel.Heartbeat,
        row.Health?.AcceptedAt, row.Health?.FailedOfDay ?? 0, row.Health?.Waiting ?? 0, row.Breaker?.OpenUntil, row.Health?.LatestFailure);
}

/// <summary>A channel to make or change.</summary>
/// <param name="Name">What people call it; unique.</param>
/// <param name="Kind">Kind; cannot be changed.</param>
/// <param name="Settings">Settings; null leaves them.</param>
/// <param name="Secrets">Secrets by field; write-only.</param>
/// <param name="Enabled">Whether anything is sent there.</param>
/// <param name="Heartbeat">Whether it gets a message a day that says that all is well.</param>
internal sealed record ChannelBody(
    string Name, ChannelKind Kind, IReadOnlyDictionary<string, string>? Settings = null, IReadOnlyDictionary<string, string>? Secrets = null, bool Enabled = true, bool Heartbeat = true);

/// <summary>What the server said to a test message.</summary>
/// <param name="IsAccepted">Whether it took it.</param>
/// <param name="Answer">Its words.</param>
internal sealed record TestAnswer(bool IsAccepted, string Answer);

/// <summary>A page of messages.</summary>
/// <param name="Items">The messages.</param>
/// <param name="Page">From 1.</param>
/// <param name="HasMore">Whether another page follows.</param>
internal sealed record MessagePage(IReadOnlyList<MessageRow> Items, int Page, bool HasMore);

/// <summary>Who gets a digest when.</summary>
/// <param name="Id">Its id.</param>
/// <param name="ChannelId">Where.</param>
/// <param name="Weekly">The day of the week, or null for daily.</param>
/// <param name="At">Local time.</param>
/// <param name="TimeZone">IANA name.</param>
/// <param name="Enabled">Whether it is sent.</param>
/// <param name="SentUntil">End of the period last sent, or null.</param>
internal sealed record DigestItem(string Id, string ChannelId, DayOfWeek? Weekly, TimeOnly At, string TimeZone, bool Enabled, DateTimeOffset? SentUntil)
{
    /// <summary>From the document.</summary>
    public static DigestItem Of(DigestSubscription one) => new(one.Id, one.ChannelId, one.Weekly, one.At, one.TimeZone, one.Enabled, one.SentUntil);
}

/// <summary>A digest to make or change.</summary>
/// <param name="ChannelId">Where.</param>
/// <param name="At">Local time.</param>
/// <param name="Weekly">The day of the week, or null for daily.</param>
/// <param name="TimeZone">IANA name; UTC where left out.</param>
/// <param name="Enabled">Whether it is sent.</param>
internal sealed record DigestBody(string ChannelId, TimeOnly At, DayOfWeek? Weekly = null, string TimeZone = "UTC", bool Enabled = true);
