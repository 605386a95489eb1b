using System.Globalization;
using Microsoft.AspNetCore.Http.Features;

namespace DdocCost.App.Ingest.Webhook;

/// <summary>Where records are posted.</summary>
internal static class WebhookEndpoints
{
    /// <summary>The path.</summary>
    public const string Path = "/ingest/v1/cloudtrail";

    /// <summary>Where Amazon Data Firehose posts.</summary>
    public const string FirehosePath = "/ingest/v1/firehose";

    /// <summary>Maps them. Open to people who are not signed in: they know senders by their keys.</summary>
    public static void MapWebhook(this IEndpointRouteBuilder routes)
    {
        routes.MapPost(Path, TakeAsync).AllowAnonymous().DisableAntiforgery().DisableRateLimiting();
        routes.MapPost(FirehosePath, TakeFromFirehoseAsync).AllowAnonymous().DisableAntiforgery().DisableRateLimiting();
    }

    private static async Task<IResult> TakeAsync(HttpContext http, WebhookIntake intake, TimeProvider clock)
    {
        var (accepted, refusal) = await PassOnAsync(http, intake, clock.GetUtcNow(), isFirehose: false);
        return refusal is null ? TypedResults.Json(accepted, statusCode: StatusCodes.Status202Accepted) : refusal.ToResult(http.Response);
    }

    private static async Task<IResult> TakeFromFirehoseAsync(HttpContext http, WebhookIntake intake, TimeProvider clock)
    {
        var (_, refusal) = await PassOnAsync(http, intake, clock.GetUtcNow(), isFirehose: true);
        return FirehoseRequest.Answer(http, refusal, clock.GetUtcNow());
    }

    private static async Task<(Accepted? Accepted, Refusal? Refusal)> PassOnAsync(
        HttpContext http, WebhookIntake intake, DateTimeOffset stamp, bool isFirehose)
    {
        // Limits of its own, with an answer that says so.
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = null;
        }

        var name = string.Create(CultureInfo.InvariantCulture, $"webhook/{stamp.UtcDateTime:yyyyMMdd'T'HHmmss.ffffff'Z'}/{http.TraceIdentifier}");
        return await intake.TakeAsync(http.Request, name, stamp, isFirehose, http.RequestAborted);
    }
}

/// <summary>What is answered once it is durable.</summary>
/// <param name="Records">Readable records taken.</param>
/// <param name="Rejected">Pieces set aside in quarantine.</param>
/// <param name="Redelivered">The very same bytes had been taken before.</param>
/// <param name="Reasons">Why pieces were set aside.</param>
/// <param name="Remarks">What was left alone.</param>
internal sealed record Accepted(long Records, long Rejected, bool Redelivered, IReadOnlyList<string> Reasons, IReadOnlyList<string> Remarks)
{
    /// <summary>Nothing to store, and nothing wrong.</summary>
    public static Accepted Nothing(string remark) => new(0, 0, false, [], [remark]);
}
