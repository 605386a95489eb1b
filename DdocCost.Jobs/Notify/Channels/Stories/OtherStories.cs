using System.Globalization;
using DdocCost.Domain.Notify;
using DdocCost.Domain.Wording;
using static DdocCost.Jobs.Notify.Channels.Stories.StoryTeller;

namespace DdocCost.Jobs.Notify.Channels.Stories;

/// <summary>Tells what is not about one case.</summary>
internal static class OtherStories
{
    public static Story Storm(StormNotice notice, Uri? pages) => new()
    {
        Kind = "storm",
        Tone = CaseStory.ToneOf(notice.Severity),
        Headline = Line(notice.Headline),
        Lead = "Too many at once for a message each; the dearest first.",
        Facts = [new Fact("Cases", Usd.Count(notice.Count)), new Fact("Together", Usd.PerHour(notice.UsdPerHour))],
        Sections = notice.Cases.Count == 0 ? [] : [new StorySection("Cases", [.. notice.Cases.Take(MostLines).Select(anomaly => new StoryLine(Line(anomaly.Title), Usd.PerHour(anomaly.UsdPerHour), CasePage(pages, anomaly.Id)))])],
        Link = pages is null ? null : new Uri(pages, "/anomalies"),
    };

    public static Story Digest(Digest digest, Uri? pages) => new()
    {
        Kind = "digest",
        Tone = Tone.Calm,
        Headline = Line(digest.Title),
        Facts = digest.IsQuiet ? [] : [.. digest.Figures.Select(figure => new Fact(Line(figure.Name), Line(figure.Change.Length == 0 ? figure.Value : $"{figure.Value} ({figure.Change})")))],
        Sections = [.. digest.Sections.Select(section => DigestSection(section, pages))],
        Chart = digest.IsQuiet || digest.ExposureByHour.Count < 2 ? null : new StoryChart(
            $"Running, USD per hour; at most {Usd.PerHour(digest.ExposureByHour.Max())}", digest.ExposureByHour, digest.ExposureByHour.Count, Local(digest.From, digest.TimeZone), Local(digest.To, digest.TimeZone)),
        Link = pages,
        Footer = Line($"From {Local(digest.From, digest.TimeZone)} to {Local(digest.To, digest.TimeZone)}, time of {digest.TimeZone}."),
    };

    public static Story Heartbeat(HeartbeatNotice notice) => new()
    {
        Kind = "heartbeat",
        Tone = Tone.Good,
        Headline = Line(notice.Headline),
        Sections = notice.Lines.Count == 0 ? [] : [new StorySection("The last 24 hours", [.. notice.Lines.Take(MostLines).Select(line => new StoryLine(Line(line)))])],
        Footer = "Comes once a day. If it stays away, look after this installation.",
    };

    public static Story Alarm(HealthAlarm notice) => new()
    {
        Kind = notice.IsOver ? "health.ok" : "health.alarm",
        Tone = notice.IsOver ? Tone.Good : Tone.Critical,
        Headline = Line(notice.Title),
        Lead = Line(notice.Text),
        Facts = [new Fact("Since", Moment(notice.Since))],
    };

    public static Story Test(TestNotice notice, DateTimeOffset now) => new()
    {
        Kind = "test",
        Tone = Tone.Good,
        Headline = Line(notice.Headline),
        Lead = "If you can read this, alerts reach you here.",
        Footer = $"Sent {Moment(now)}.",
    };

    /// <summary>Such as <c>Sat 14 Nov 08:00</c>, on the reader's clock.</summary>
    private static string Local(DateTimeOffset moment, string timeZone) =>
        TimeZoneInfo.ConvertTime(moment, ZonedTime.Of(timeZone)).ToString("ddd d MMM HH:mm", CultureInfo.InvariantCulture);

    private static StorySection DigestSection(DigestSection section, Uri? pages)
    {
        var lines = section.Lines.Take(MostLines).Select(line => new StoryLine(Line(line.Text), Line(line.Value), line.CaseId is { } id ? CasePage(pages, id) : null)).ToList();
        var more = section.More + Math.Max(0, section.Lines.Count - MostLines);
        return new StorySection(Line(section.Title), more == 0 ? lines : [.. lines, new StoryLine($"and {Usd.Count(more)} more")]);
    }
}
