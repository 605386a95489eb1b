using System.Globalization;
using DdocCost.Domain.Notify;
using DdocCost.Domain.Wording;

namespace DdocCost.Jobs.Notify.Channels.Stories;

/// <summary>Puts a notice into words. Pure: the same notice gives the same story.</summary>
public static class StoryTeller
{
    /// <summary>Longest text of one line; whatever a channel allows beyond it helps nobody.</summary>
    public const int LongestLine = 500;

    /// <summary>Most lines of a section.</summary>
    public const int MostLines = 20;

    /// <summary>Tells a notice.</summary>
    /// <param name="message">The notice and when it is sent.</param>
    /// <param name="pages">Address of the pages, or null where it is not configured.</param>
    public static Story Tell(OutboundMessage message, Uri? pages)
    {
        var story = message.Notice switch
        {
            CaseNotice notice => CaseStory.Tell(notice, message.SendingAt, pages),
            StormNotice notice => OtherStories.Storm(notice, pages),
            DigestNotice notice => OtherStories.Digest(notice.Digest, pages),
            HeartbeatNotice notice => OtherStories.Heartbeat(notice),
            HealthAlarm notice => OtherStories.Alarm(notice),
            TestNotice notice => OtherStories.Test(notice, message.SendingAt),
            _ => throw new ArgumentOutOfRangeException(nameof(message), message.Notice.GetType().Name, "Not a notice that can be told."),
        };
        story = story.Headline.Length > 0 ? story : story with { Headline = "Something without a name" };
        return message.IsSelfTest ? story with { Headline = $"Self-test, nothing happened: {story.Headline}", IsOpen = false } : story;
    }

    /// <summary>The page of a case.</summary>
    internal static Uri? CasePage(Uri? pages, string caseId) => pages is null ? null : new Uri(pages, $"/anomalies/{Uri.EscapeDataString(caseId)}");

    /// <summary>Such as <c>14 Nov 21:00:03 UTC</c>.</summary>
    internal static string Moment(DateTimeOffset moment) => moment.UtcDateTime.ToString("d MMM HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);

    /// <summary>Such as <c>2.4 s</c>, <c>3 min</c>, <c>5 h</c>.</summary>
    internal static string Span(TimeSpan span) => span.TotalSeconds switch
    {
        < 100 => string.Create(CultureInfo.InvariantCulture, $"{span.TotalSeconds:0.#} s"),
        < 6_000 => string.Create(CultureInfo.InvariantCulture, $"{span.TotalMinutes:0} min"),
        < 360_000 => string.Create(CultureInfo.InvariantCulture, $"{span.TotalHours:0.#} h"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{span.TotalDays:0} days"),
    };

    /// <summary>A text from outside, on one line.</summary>
    internal static string Line(string? text) => SafeText.Line(text, LongestLine);

    /// <summary>The first of many, and how many are left out.</summary>
    internal static string Some(IReadOnlyList<string> all, int most) =>
        Line(string.Join(", ", all.Take(most)) + (all.Count > most ? $" and {all.Count - most} more" : ""));
}
