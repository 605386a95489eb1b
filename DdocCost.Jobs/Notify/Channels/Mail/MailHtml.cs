using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using DdocCost.Domain.Wording;
using DdocCost.Jobs.Notify.Channels.Stories;

namespace DdocCost.Jobs.Notify.Channels.Mail;

/// <summary>
/// A story as HTML for mail programs: tables and inline styles, because many know nothing else; no script, no form, nothing loaded from
/// anywhere. Everything from outside is encoded. Pure.
/// </summary>
internal static class MailHtml
{
    private const int LongestCommand = 4_000;
    private const int MostCommands = 3;

    // Inline colours are for light; programs that follow the system's dark mode take the classes, and those that turn colours around find none that breaks.
    private const string Head = """
        <!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark">
        <style>:root{color-scheme:light dark}
        @media (prefers-color-scheme:dark){.page{background:#0f1520!important}.card{background:#182131!important;border-color:#2b3648!important}
        .text,.text a{color:#e6ebf2!important}.quiet{background:#182131!important;color:#9db8ff!important;border-color:#4b63a8!important}.muted{color:#9aa7b8!important}.line{border-color:#2b3648!important}.code{background:#0f1520!important;color:#e6ebf2!important;border-color:#2b3648!important}}
        @media (max-width:480px){.card td.pad{padding-left:16px!important;padding-right:16px!important}.btn{display:block!important;margin:0 0 8px!important;text-align:center!important}}
        </style>
        """;

    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;

    private const string Font = "font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;";
    private const string Mono = "font-family:ui-monospace,Menlo,Consolas,monospace;";

    /// <summary>The document.</summary>
    /// <param name="story">What it tells.</param>
    /// <param name="links">The recipient's links.</param>
    /// <param name="chartId">Content id of the chart's picture, or null.</param>
    public static string Of(Story story, LetterLinks links, string? chartId)
    {
        var html = new StringBuilder(Head)
            .Append(Invariant, $"<title>{E(story.Headline)}</title></head><body class=\"page\" style=\"margin:0;padding:0;background:#f2f4f8\">")
            .Append("<table role=\"presentation\" class=\"page\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" style=\"background:#f2f4f8\"><tr><td align=\"center\" style=\"padding:16px 8px\">")
            .Append("<table role=\"presentation\" class=\"card\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" style=\"max-width:600px;background:#ffffff;border:1px solid #dde3ec;border-radius:8px\">")
            .Append(Invariant, $"<tr><td style=\"background:{Color(story.Tone)};height:6px;font-size:0;line-height:0;border-radius:8px 8px 0 0\">&nbsp;</td></tr>")
            .Append("<tr><td class=\"pad\" style=\"padding:20px 24px\">");
        Heading(html, story);
        Facts(html, story.Facts);
        Buttons(html, story, links);
        if (chartId is not null && story.Chart is { } chart)
        {
            Chart(html, chart, chartId);
        }

        foreach (var section in story.Sections)
        {
            Section(html, section);
        }

        Undo(html, story);
        Footer(html, story, links);
        return html.Append("</td></tr></table></td></tr></table></body></html>").ToString();
    }

    private static void Heading(StringBuilder html, Story story)
    {
        html.Append(Invariant, $"<p class=\"muted\" style=\"{Font}margin:0 0 6px;font-size:12px;color:#5b6878\">dd0c/cost · {E(Word(story))}</p>");
        html.Append(Invariant, $"<h1 class=\"text\" style=\"{Font}margin:0 0 12px;font-size:19px;line-height:1.35;font-weight:600;color:#101828;overflow-wrap:anywhere\">{E(story.Headline)}</h1>");
        if (story.Lead.Length > 0)
        {
            html.Append(Invariant, $"<p class=\"text\" style=\"{Font}margin:0 0 12px;font-size:15px;line-height:1.5;color:#101828;overflow-wrap:anywhere\">{E(story.Lead)}</p>");
        }
    }

    private static void Facts(StringBuilder html, IReadOnlyList<Fact> facts)
    {
        if (facts.Count == 0)
        {
            return;
        }

        html.Append("<table role=\"presentation\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" style=\"margin:0 0 16px\">");
        foreach (var fact in facts)
        {
            html.Append("<tr>")
                .Append(Invariant, $"<td class=\"muted line\" width=\"110\" valign=\"top\" style=\"{Font}padding:6px 12px 6px 0;border-top:1px solid #e8ecf2;font-size:13px;color:#5b6878\">{E(fact.Name)}</td>")
                .Append(Invariant, $"<td class=\"text line\" valign=\"top\" style=\"{Font}padding:6px 0;border-top:1px solid #e8ecf2;font-size:14px;color:#101828;overflow-wrap:anywhere;word-break:break-word\">{E(fact.Value)}</td></tr>");
        }

        html.Append("</table>");
    }

    private static void Buttons(StringBuilder html, Story story, LetterLinks links)
    {
        if (story.Link is null && links.Acknowledge is null && links.Snooze is null)
        {
            return;
        }

        html.Append(Invariant, $"<div style=\"{Font}margin:0 0 20px\">");
        Button(html, links.Acknowledge, "Acknowledge", isPrimary: true);
        Button(html, links.Snooze, "Snooze", isPrimary: false);
        Button(html, story.Link, story.CaseId is null ? "Open dd0c/cost" : "Open the case", isPrimary: false);
        html.Append("</div>");
    }

    private static void Button(StringBuilder html, Uri? link, string text, bool isPrimary)
    {
        if (link is not null)
        {
            var (background, color) = isPrimary ? ("#1d4ed8", "#ffffff") : ("#ffffff", "#1d4ed8");
            html.Append(Invariant, $"<a class=\"btn{(isPrimary ? "" : " quiet")}\" href=\"{E(link.AbsoluteUri)}\" style=\"display:inline-block;margin:0 8px 8px 0;padding:10px 18px;border:1px solid #1d4ed8;border-radius:6px;background:{background};color:{color};font-size:14px;font-weight:600;text-decoration:none\">{E(text)}</a>");
        }
    }

    private static void Chart(StringBuilder html, StoryChart chart, string id) => html
        .Append(Invariant, $"<p class=\"text\" style=\"{Font}margin:0 0 6px;font-size:14px;color:#101828\">{E(chart.Title)}</p>")
        .Append(Invariant, $"<img src=\"cid:{id}\" width=\"552\" alt=\"{E(chart.Title)}\" style=\"display:block;width:100%;max-width:552px;height:auto;border:0\">")
        .Append("<table role=\"presentation\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" style=\"margin:2px 0 20px\"><tr>")
        .Append(Invariant, $"<td class=\"muted\" style=\"{Font}font-size:12px;color:#5b6878\">{E(chart.Begin)}</td><td align=\"right\" class=\"muted\" style=\"{Font}font-size:12px;color:#5b6878\">{E(chart.End)}</td></tr></table>");

    private static void Section(StringBuilder html, StorySection section)
    {
        html.Append(Invariant, $"<h2 class=\"text\" style=\"{Font}margin:0 0 4px;font-size:15px;font-weight:600;color:#101828\">{E(section.Title)}</h2>");
        html.Append("<table role=\"presentation\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" style=\"margin:0 0 18px\">");
        foreach (var line in section.Lines)
        {
            var text = line.Link is { } link ? $"<a href=\"{E(link.AbsoluteUri)}\" style=\"color:#1d4ed8\">{E(line.Text)}</a>" : E(line.Text);
            html.Append("<tr>")
                .Append(Invariant, $"<td class=\"text line\" valign=\"top\" style=\"{Font}padding:6px 12px 6px 0;border-top:1px solid #e8ecf2;font-size:14px;line-height:1.45;color:#101828;overflow-wrap:anywhere;word-break:break-word\">{text}</td>")
                .Append(Invariant, $"<td class=\"text line\" align=\"right\" valign=\"top\" style=\"{Font}padding:6px 0;border-top:1px solid #e8ecf2;font-size:14px;color:#101828;white-space:nowrap\">{E(SafeText.Cut(line.Value, 60))}</td></tr>");
        }

        html.Append("</table>");
    }

    private static void Undo(StringBuilder html, Story story)
    {
        foreach (var command in (story.Undo?.Commands ?? []).Take(MostCommands))
        {
            html.Append(Invariant, $"<h2 class=\"text\" style=\"{Font}margin:0 0 4px;font-size:15px;font-weight:600;color:#101828\">To end it: {E(SafeText.Line(command.Title, StoryTeller.LongestLine))}</h2>")
                .Append(Invariant, $"<p class=\"muted\" style=\"{Font}margin:0 0 6px;font-size:13px;color:#5b6878\">Loses: {E(SafeText.Line(command.Loses, StoryTeller.LongestLine))}. {(command.IsReversible ? "It can be started again." : "It is final.")}</p>")
                .Append(Invariant, $"<pre class=\"code\" style=\"{Mono}margin:0 0 18px;padding:10px 12px;border:1px solid #dde3ec;border-radius:6px;background:#f6f8fb;color:#101828;font-size:12px;line-height:1.5;white-space:pre-wrap;overflow-wrap:anywhere;word-break:break-word\">{E(SafeText.Lines(command.Command, LongestCommand))}</pre>");
        }
    }

    private static void Footer(StringBuilder html, Story story, LetterLinks links)
    {
        html.Append(Invariant, $"<p class=\"muted line\" style=\"{Font}margin:0;padding-top:12px;border-top:1px solid #e8ecf2;font-size:12px;line-height:1.5;color:#5b6878\">{E(story.Footer)}");
        if (links.Unsubscribe is { } unsubscribe)
        {
            html.Append(Invariant, $"{(story.Footer.Length > 0 ? "<br>" : "")}<a class=\"muted\" href=\"{E(unsubscribe.AbsoluteUri)}\" style=\"color:#5b6878\">Unsubscribe</a>");
        }

        html.Append("</p>");
    }

    private static string Word(Story story) => story.Kind switch
    {
        "case.closed" => story.Tone == Tone.Good ? "over" : "closed",
        "digest" => "digest",
        "heartbeat" => "daily sign of life",
        "health.alarm" or "health.ok" => "about dd0c/cost itself",
        "test" => "test",
        _ => story.Tone switch
        {
            Tone.Critical => "critical",
            Tone.Warning => "warning",
            _ => "for information",
        },
    };

    private static string Color(Tone tone) => tone switch
    {
        Tone.Critical => "#dc2626",
        Tone.Warning => "#d97706",
        Tone.Good => "#16a34a",
        _ => "#2563eb",
    };

    private static string E(string text) => HtmlEncoder.Default.Encode(text);
}
