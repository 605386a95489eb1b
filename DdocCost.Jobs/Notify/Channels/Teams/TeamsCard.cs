using System.Text;
using System.Text.Json.Nodes;
using DdocCost.Domain.Wording;
using DdocCost.Jobs.Notify.Channels.Stories;

namespace DdocCost.Jobs.Notify.Channels.Teams;

/// <summary>
/// A story as an Adaptive Card 1.5 for a Teams workflow. Pure. Text only goes into text runs, which know no Markdown; a mention would need an
/// entity, and there is none.
/// </summary>
/// <remarks>learn.microsoft.com/microsoftteams/platform/webhooks-and-connectors: a message has at most 28 KB.</remarks>
internal static class TeamsCard
{
    /// <summary>Most bytes of the whole message; a little less than Teams takes.</summary>
    public const int MostBytes = 27 * 1024;

    private const int LongestRun = 300;
    private const int LongestCommand = 2_000;

    /// <summary>The message that a workflow takes.</summary>
    public static JsonObject Of(Story story)
    {
        // From the whole story to its bare head: the first that fits.
        for (var lines = StoryTeller.MostLines; ; lines /= 2)
        {
            var message = Message(story, lines);
            if (lines == 0 || Encoding.UTF8.GetByteCount(message.ToJsonString()) <= MostBytes)
            {
                return message;
            }
        }
    }

    private static JsonObject Message(Story story, int lines)
    {
        var body = new JsonArray(new JsonObject
        {
            ["type"] = "Container",
            ["style"] = Style(story.Tone),
            ["bleed"] = true,
            ["items"] = new JsonArray(Text(Run(story.Headline, bold: true, size: "Large"))),
        });
        Add(body, story.Lead.Length > 0 ? [Text(Run(story.Lead))] : Array.Empty<JsonObject>());
        Add(body, story.Facts.Take(lines).Select(fact => Text(Run($"{fact.Name}: ", bold: true), Run(fact.Value))));
        foreach (var section in story.Sections.Take(lines))
        {
            Add(body, [Separated(Text(Run(section.Title, bold: true)))]);
            Add(body, section.Lines.Take(lines).Select(line => Text(Run(line.Value.Length == 0 ? "• " : $"• {line.Value} "), Run(line.Text))));
        }

        if (story.Undo is { } undo && lines > 0)
        {
            Add(body, [Separated(Text(Run($"To end it: {SafeText.Line(undo.Commands[0].Title, 200)}", bold: true))), Text(Command(undo.Commands[0].Command))]);
        }

        if (story.Footer.Length > 0)
        {
            Add(body, [Separated(Text(Run(story.Footer, size: "Small")))]);
        }

        return Envelope(story, body);
    }

    private static JsonObject Envelope(Story story, JsonArray body)
    {
        var card = new JsonObject
        {
            ["$schema"] = "http://adaptivecards.io/schemas/adaptive-card.json",
            ["type"] = "AdaptiveCard",
            ["version"] = "1.5",
            ["msteams"] = new JsonObject { ["width"] = "Full" },
            ["body"] = body,
        };
        if (story.Link is { } link)
        {
            card["actions"] = new JsonArray(new JsonObject { ["type"] = "Action.OpenUrl", ["title"] = story.CaseId is null ? "Open" : "Open the case", ["url"] = link.AbsoluteUri });
        }

        return new JsonObject
        {
            ["type"] = "message",
            ["attachments"] = new JsonArray(new JsonObject { ["contentType"] = "application/vnd.microsoft.card.adaptive", ["contentUrl"] = null, ["content"] = card }),
        };
    }

    private static void Add(JsonArray body, IEnumerable<JsonObject> blocks)
    {
        foreach (var block in blocks)
        {
            body.Add((JsonNode)block);
        }
    }

    private static JsonObject Text(params JsonNode[] runs) => new() { ["type"] = "RichTextBlock", ["inlines"] = new JsonArray(runs) };

    private static JsonObject Separated(JsonObject block)
    {
        block["separator"] = true;
        return block;
    }

    private static JsonObject Run(string text, bool bold = false, string size = "Default") => new()
    {
        ["type"] = "TextRun", ["text"] = SafeText.Cut(text, LongestRun), ["weight"] = bold ? "Bolder" : "Default", ["size"] = size,
    };

    private static JsonObject Command(string command) => new() { ["type"] = "TextRun", ["text"] = SafeText.Lines(command, LongestCommand), ["fontType"] = "Monospace" };

    private static string Style(Tone tone) => tone switch
    {
        Tone.Critical => "attention",
        Tone.Warning => "warning",
        Tone.Good => "good",
        _ => "accent",
    };
}
