using System.Security.Cryptography;
using System.Text;
using DdocCost.Domain.Notify;
using DdocCost.Domain.Wording;
using DdocCost.Jobs.Notify.Channels.Stories;
using MimeKit;

namespace DdocCost.Jobs.Notify.Channels.Mail;

/// <summary>Links that one recipient finds in a mail.</summary>
/// <param name="Acknowledge">Leads to a page that asks; null where nothing can be decided.</param>
/// <param name="Snooze">Leads to a page that asks; null where nothing can be decided.</param>
/// <param name="Unsubscribe">Leads to a page that asks; null where the public address is not configured.</param>
/// <param name="Leave">Takes the one POST of a mail program's own button; null where the public address is not configured.</param>
internal sealed record LetterLinks(Uri? Acknowledge, Uri? Snooze, Uri? Unsubscribe, Uri? Leave)
{
    /// <summary>None.</summary>
    public static readonly LetterLinks None = new(null, null, null, null);
}

/// <summary>A story as a mail to one recipient. Pure.</summary>
internal static class MailLetter
{
    private const string ChartId = "chart@ddoc";
    private const int LongestSubject = 200;

    /// <summary>Writes it.</summary>
    /// <param name="from">Sender.</param>
    /// <param name="to">The one recipient.</param>
    /// <param name="message">What gives it its identity and its place in a thread.</param>
    /// <param name="story">What it tells.</param>
    /// <param name="links">This recipient's links.</param>
    public static MimeMessage Write(MailboxAddress from, MailboxAddress to, OutboundMessage message, Story story, LetterLinks links)
    {
        var letter = new MimeMessage
        {
            Subject = SafeText.Line(story.Headline, LongestSubject),
            Date = message.SendingAt,
            MessageId = IdOf(message.Id.ToString("N"), from, to),
            Importance = story.Tone == Tone.Critical ? MessageImportance.High : MessageImportance.Normal,
        };
        letter.From.Add(from);
        letter.To.Add(to);
        if (message.Handle is { } first)
        {
            letter.InReplyTo = IdOf(first, from, to);
            letter.References.Add(letter.InReplyTo);
        }

        // RFC 3834: no out-of-office reply to a machine; the second line tells the same to Exchange.
        letter.Headers.Add("Auto-Submitted", "auto-generated");
        letter.Headers.Add("X-Auto-Response-Suppress", "All");
        if (links.Leave is { } leave)
        {
            letter.Headers.Add(HeaderId.ListUnsubscribe, $"<{leave.AbsoluteUri}>");
            letter.Headers.Add(HeaderId.ListUnsubscribePost, "List-Unsubscribe=One-Click"); // RFC 8058
        }

        letter.Body = BodyOf(story, links);
        return letter;
    }

    /// <summary>The same in every attempt, and different for every recipient, so that a mail that arrives twice is one to whoever reads it.</summary>
    private static string IdOf(string message, MailboxAddress from, MailboxAddress to)
    {
        var recipient = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(to.Address.ToLowerInvariant())))[..16];
        return $"{message}.{recipient}@{from.Domain}";
    }

    private static MultipartAlternative BodyOf(Story story, LetterLinks links)
    {
        var html = new TextPart("html") { ContentTransferEncoding = ContentEncoding.QuotedPrintable };
        html.SetText(Encoding.UTF8, MailHtml.Of(story, links, story.Chart is null ? null : ChartId));
        var text = new TextPart("plain") { ContentTransferEncoding = ContentEncoding.QuotedPrintable };
        text.SetText(Encoding.UTF8, MailText.Of(story, links));
        MimeEntity shown = html;
        if (story.Chart is { } chart)
        {
            var picture = new MimePart("image", "png")
            {
                Content = new MimeContent(new MemoryStream(MailChart.Png(chart))),
                ContentId = ChartId,
                ContentDisposition = new ContentDisposition(ContentDisposition.Inline) { FileName = "chart.png" },
                ContentTransferEncoding = ContentEncoding.Base64,
            };
            shown = new MultipartRelated { Root = html };
            ((MultipartRelated)shown).Add(picture);
        }

        return new MultipartAlternative { text, shown };
    }
}
