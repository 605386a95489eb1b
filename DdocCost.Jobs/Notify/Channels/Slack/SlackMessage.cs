using System.Text.Json.Nodes;
using DdocCost.Domain.Undo;
using DdocCost.Domain.Wording;
using DdocCost.Jobs.Notify.Channels.Stories;

namespace DdocCost.Jobs.Notify.Channels.Slack;

/// <summary>A story as Slack shows it. Pure.</summary>
internal static class SlackMessage
{
    /// <summary>The whole message.</summary>
    /// <param name="story">What is told.</param>
    /// <param name="channelId">Our channel: clicks come back with it.</param>
    /// <param name="takesClicks">Whether Slack can reach us with clicks; without, there are no buttons that would fail.</param>
    public static JsonObject Whole(Story story, string channelId, bool takesClicks)
    {
        var blocks = new SlackBlocks().Header($"{Mark(story.Tone)} {story.Headline}");
        blocks.Rich([[SlackBlocks.Run(story.Lead)]]);
        blocks.Rich(story.Facts.Select(FactLine));
        foreach (var section in story.Sections)
        {
            blocks.Rich([[SlackBlocks.Run(section.Title, bold: true)], .. section.Lines.Select(Line)]);
        }

        if (!takesClicks && story.Undo is { } undo)
        {
            blocks.Rich([[SlackBlocks.Run($"To end it: {undo.Commands[0].Title}", bold: true)]]).Preformatted(undo.Commands[0].Command);
        }

        var buttons = Buttons(story, takesClicks).ToList();
        if (buttons.Count > 0)
        {
            blocks.Actions(SlackClickTarget.Of(channelId, story.CaseId ?? ""), buttons);
        }

        return Message(Fallback(story.News.Length > 0 ? $"{story.News.TrimEnd('.')}: {story.Headline}" : story.Headline), blocks.Context(story.Footer).Build());
    }

    /// <summary>What is new, for the thread of the case.</summary>
    public static JsonObject Reply(Story story) =>
        Message(Fallback(story.News), new SlackBlocks().Rich([[SlackBlocks.Run(story.News)]]).Context(story.Footer).Build());

    /// <summary>How to end what runs, for one person's eyes.</summary>
    public static JsonArray Undo(UndoPlan plan)
    {
        var blocks = new SlackBlocks();
        foreach (var command in plan.Commands.Take(5))
        {
            blocks.Rich([[SlackBlocks.Run(SafeText.Line(command.Title, 200), bold: true)], [SlackBlocks.Run($"Loses: {SafeText.Line(command.Loses, 300)}")]]).Preformatted(command.Command);
        }

        return blocks.Context(plan.Without.Count > 0 ? $"{plan.Without.Count} more for which no command is known." : "Read it before you run it; dd0c/cost never runs it.").Build();
    }

    private static JsonObject Message(string text, JsonArray blocks) => new()
    {
        ["text"] = text,
        ["blocks"] = blocks,
        ["unfurl_links"] = false,
        ["unfurl_media"] = false,
    };

    /// <summary>The only text that Slack searches for markup: its three signs are escaped, which leaves no mention and no link.</summary>
    /// <remarks>docs.slack.dev/messaging/formatting-message-text, "Escaping text".</remarks>
    internal static string Fallback(string text) => SafeText.Cut(text, SlackLimits.Fallback / 5)
        .Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);

    private static IEnumerable<JsonObject> FactLine(Fact fact) => [SlackBlocks.Run($"{fact.Name}: ", bold: true), SlackBlocks.Run(fact.Value)];

    private static IEnumerable<JsonObject> Line(StoryLine line)
    {
        yield return SlackBlocks.Run(line.Value.Length == 0 ? "• " : $"• {line.Value} ");
        yield return line.Link is { } link && line.Text.Length > 0 ? SlackBlocks.Link(line.Text, link) : SlackBlocks.Run(line.Text);
    }

    private static IEnumerable<JsonObject> Buttons(Story story, bool takesClicks)
    {
        if (takesClicks && story is { IsOpen: true, CaseId: not null })
        {
            yield return SlackBlocks.Button(SlackAction.Acknowledge, "Acknowledge", isPrimary: true);
            yield return SlackBlocks.Menu(SlackAction.Snooze, "Snooze", ("1h", "for an hour"), ("1d", "for a day"), ("1w", "for a week"));
            yield return SlackBlocks.Menu(SlackAction.Expect, "Expected", ("once", "this time"), ("always", "whenever this happens"));
            yield return SlackBlocks.Button(SlackAction.Wrong, "Wrong alert");
            yield return SlackBlocks.Button(SlackAction.Undo, "How to end it");
        }

        if (story.Link is { } link && link.AbsoluteUri.Length <= SlackLimits.Url)
        {
            yield return SlackBlocks.Button(SlackAction.Open, "Open", link);
        }
    }

    private static string Mark(Tone tone) => tone switch
    {
        Tone.Critical => "🔴",
        Tone.Warning => "🟠",
        Tone.Good => "🟢",
        _ => "🔵",
    };
}
