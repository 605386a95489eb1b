using System.Globalization;
using Microsoft.AspNetCore.Http.Features;

namespace DdocCost.App.Ingest.Webhook;

/// <summary>Where records are posted.</summary>
internal static class WebhookEndpoints
{
    /// <summary>The path.</summary>
    public const string Path = "/ingest/v1/cloudtrail";

    /// <summary>Maps it. Open to people who are not signed in: it knows senders by their keys.</summary>
    public static void MapWebhook(this IEndpointRouteBuilder routes) =>
        routes.MapPost(Path, TakeAsync).AllowAnonymous().DisableAntiforgery().DisableRateLimiting();

    private static async Task<IResult> TakeAsync(HttpContext http, WebhookIntake intake, TimeProvider clock)
    {
        // Limits of its own, with an answer that says so.
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = null;
        }

        var stamp = clock.GetUtcNow();
        var name = string.Create(CultureInfo.InvariantCulture, $"webhook/{stamp.UtcDateTime:yyyyMMdd'T'HHmmss.ffffff'Z'}/{http.TraceIdentifier}");
        var answer = await intake.TakeAsync(http.Request, name, stamp, http.RequestAborted);
        return answer.Refusal is { } refusal
            ? refusal.ToResult(http.Response)
            : TypedResults.Json(answer.Accepted, statusCode: StatusCodes.Status202Accepted);
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
