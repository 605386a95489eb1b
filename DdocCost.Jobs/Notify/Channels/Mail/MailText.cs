using System.Text;
using DdocCost.Domain.Wording;
using DdocCost.Jobs.Notify.Channels.Stories;

namespace DdocCost.Jobs.Notify.Channels.Mail;

/// <summary>A story as plain text, for readers without HTML. Pure. Also what SNS sends to mail addresses.</summary>
internal static class MailText
{
    private const int LongestCommand = 4_000;

    /// <summary>The text, lines ended by \n.</summary>
    public static string Of(Story story, LetterLinks links)
    {
        var text = new StringBuilder();
        Line(text, story.Headline);
        Line(text, story.Lead);
        text.Append('\n');
        foreach (var fact in story.Facts)
        {
            Line(text, $"{fact.Name}: {fact.Value}");
        }

        foreach (var section in story.Sections)
        {
            Line(text, $"\n{section.Title}");
            foreach (var line in section.Lines)
            {
                Line(text, line.Value.Length == 0 ? $"- {line.Text}" : $"- {line.Value}  {line.Text}");
            }
        }

        if (story.Chart is { } chart)
        {
            Line(text, $"\n{chart.Title}");
        }

        foreach (var command in story.Undo?.Commands ?? [])
        {
            Line(text, $"\nTo end it: {SafeText.Line(command.Title, StoryTeller.LongestLine)} (loses: {SafeText.Line(command.Loses, StoryTeller.LongestLine)})");
            Line(text, SafeText.Lines(command.Command, LongestCommand));
        }

        text.Append('\n');
        Link(text, "Open", story.Link);
        Link(text, "Acknowledge", links.Acknowledge);
        Link(text, "Snooze", links.Snooze);
        Line(text, story.Footer);
        Link(text, "Unsubscribe", links.Unsubscribe);
        return text.ToString();
    }

    private static void Line(StringBuilder text, string line)
    {
        if (line.Length > 0)
        {
            text.Append(line).Append('\n');
        }
    }

    private static void Link(StringBuilder text, string name, Uri? link)
    {
        if (link is not null)
        {
            Line(text, $"{name}: {link.AbsoluteUri}");
        }
    }
}
