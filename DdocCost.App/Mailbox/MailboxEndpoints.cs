using DdocCost.App.Access;
using Microsoft.AspNetCore.Http.HttpResults;
using MimeKit;

namespace DdocCost.App.Mailbox;

/// <summary>A letter as a document of its own, for the frame on the mailbox's page.</summary>
internal static class MailboxEndpoints
{
    // Nothing in a letter may run, load or send anything; a link opens a window of its own.
    private const string ContentPolicy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox";

    /// <summary>Maps <c>/mailbox/letters/{id}</c>, where there is a mailbox.</summary>
    public static void MapMailbox(this IEndpointRouteBuilder routes)
    {
        if (routes.ServiceProvider.GetService<DemoMailbox>() is not null)
        {
            routes.MapGet("/mailbox/letters/{id}", LetterAsync).RequireAuthorization(Roles.AdministratorPolicy);
        }
    }

    private static async Task<Results<ContentHttpResult, NotFound>> LetterAsync(string id, DemoMailbox mailbox, HttpContext http)
    {
        if (await mailbox.OpenAsync(id, http.RequestAborted) is not { HtmlBody: { } html } letter)
        {
            return TypedResults.NotFound();
        }

        http.Response.Headers.ContentSecurityPolicy = ContentPolicy;
        http.Response.Headers.XFrameOptions = "SAMEORIGIN";
        return TypedResults.Content(WithPictures(html, letter).Replace("<head>", "<head><base target=\"_blank\">", StringComparison.Ordinal), "text/html; charset=utf-8");
    }

    private static string WithPictures(string html, MimeMessage letter)
    {
        foreach (var picture in letter.BodyParts.OfType<MimePart>().Where(part => part is { ContentId: not null, Content: not null } and not TextPart))
        {
            using var bytes = new MemoryStream();
            picture.Content!.DecodeTo(bytes);
            html = html.Replace($"cid:{picture.ContentId}", $"data:{picture.ContentType.MimeType};base64,{Convert.ToBase64String(bytes.ToArray())}", StringComparison.Ordinal);
        }

        return html;
    }
}
