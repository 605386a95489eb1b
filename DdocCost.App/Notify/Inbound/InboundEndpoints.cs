using System.Threading.RateLimiting;
using DdocCost.Jobs.Notify.Channels.Mail;
using DdocCost.Jobs.Notify.Channels.Slack;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.RateLimiting;

namespace DdocCost.App.Notify.Inbound;

/// <summary>What comes back from channels without a browser of ours: clicks in Slack, and the unsubscribe button of mail programs.</summary>
internal static class InboundEndpoints
{
    /// <summary>Rate limit of all that is open to everybody here.</summary>
    public const string Limit = "inbound";

    private const int PerMinute = 600;

    // An interaction carries its whole message, encoded for a form.
    private const int MostBytes = 512 * 1024;

    /// <summary>Adds the rate limit.</summary>
    public static IServiceCollection AddInbound(this IServiceCollection services) => services.Configure<RateLimiterOptions>(limits => limits.AddPolicy(Limit, http =>
        RateLimitPartition.GetFixedWindowLimiter(
            http.Connection.RemoteIpAddress?.ToString() ?? "unknown",
            _ => new FixedWindowRateLimiterOptions { PermitLimit = PerMinute, Window = TimeSpan.FromMinutes(1), QueueLimit = 0 })));

    /// <summary>Maps them. Nobody is signed in here: Slack signs its requests, a mail's link is a pass of its own.</summary>
    public static void MapInbound(this IEndpointRouteBuilder routes)
    {
        var open = routes.MapGroup("").AllowAnonymous().DisableAntiforgery().RequireRateLimiting(Limit);
        open.MapPost("/slack/interactions", TakeClickAsync);
        open.MapPost("/mail/leave/{pass}", LeaveAsync);
        open.MapGet("/mail/leave/{pass}", (string pass) => TypedResults.Redirect($"/mail/unsubscribe/{Uri.EscapeDataString(pass)}"));
    }

    private static async Task<Results<Ok, UnauthorizedHttpResult, StatusCodeHttpResult>> TakeClickAsync(HttpContext http, SlackInbox inbox)
    {
        if (await ReadAsync(http) is not { } body)
        {
            return TypedResults.StatusCode(StatusCodes.Status413PayloadTooLarge);
        }

        var headers = http.Request.Headers;
        var receipt = await inbox.TakeAsync(headers["X-Slack-Request-Timestamp"], headers["X-Slack-Signature"], body, http.RequestAborted);
        return receipt == SlackReceipt.Taken ? TypedResults.Ok() : TypedResults.Unauthorized();
    }

    /// <summary>RFC 8058: one POST, no question. A GET, which a scanner of links may make, changes nothing.</summary>
    private static async Task<Results<Ok<string>, NotFound>> LeaveAsync(string pass, MailLinks links, MailBook book, HttpContext http)
    {
        if (links.Open(pass) is not { Action: MailAction.Unsubscribe } opened)
        {
            return TypedResults.NotFound();
        }

        await book.LeaveAsync(opened.TenantId, opened.ChannelId, opened.Recipient, http.RequestAborted);
        return TypedResults.Ok("You get no more mail of this channel.");
    }

    private static async Task<ReadOnlyMemory<byte>?> ReadAsync(HttpContext http)
    {
        if (http.Request.ContentLength > MostBytes)
        {
            return null;
        }

        var body = new byte[MostBytes + 1];
        var length = await http.Request.Body.ReadAtLeastAsync(body, body.Length, throwOnEndOfStream: false, http.RequestAborted);
        return length > MostBytes ? null : body.AsMemory(0, length);
    }
}
