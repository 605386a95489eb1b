using System.Globalization;
using System.Text.Json.Nodes;
using DdocCost.Domain.Anomalies;
using DdocCost.Domain.Notify;
using DdocCost.Domain.Scoring;
using DdocCost.Domain.Undo;
using DdocCost.Domain.Wording;
using DdocCost.Jobs.Notify.Channels.Stories;

namespace DdocCost.Jobs.Notify.Channels.Webhook;

/// <summary>A notice as JSON for programs. The form is a promise: <c>docs/notification.schema.json</c>. Members may be added, none is changed.</summary>
internal static class NoticeJson
{
    private const int Version = 1;
    private const int MostItems = 50;
    private const int LongestCommand = 2_000;
    private const int LongestText = 300;
    private const int MostCommands = 8;

    /// <summary>The document; as a rule a few kB, and below 1 MB whatever is told.</summary>
    public static JsonObject Of(OutboundMessage message, Story story)
    {
        var json = new JsonObject
        {
            ["version"] = Version,
            ["id"] = message.Id.ToString(),
            ["type"] = story.Kind,
            ["tenant"] = message.TenantId,
            ["sentAt"] = Time(message.SendingAt),
            ["selfTest"] = message.IsSelfTest,
            ["severity"] = message.Notice.Severity.ToString().ToLowerInvariant(),
            ["headline"] = story.Headline,
            ["link"] = story.Link?.AbsoluteUri,
        };
        switch (message.Notice)
        {
            case CaseNotice notice:
                Case(json, notice, message.SendingAt);
                break;
            case StormNotice storm:
                json["storm"] = new JsonObject { ["count"] = storm.Count, ["usdPerHour"] = storm.UsdPerHour, ["caseIds"] = Texts(storm.Cases.Select(anomaly => anomaly.Id)) };
                break;
            case DigestNotice digest:
                json["digest"] = Digest(digest.Digest);
                break;
            case HeartbeatNotice heartbeat:
                json["lines"] = Texts(heartbeat.Lines);
                break;
            case HealthAlarm alarm:
                json["alarm"] = new JsonObject { ["subject"] = Text(alarm.Subject), ["text"] = Text(alarm.Text), ["since"] = Time(alarm.Since), ["isOver"] = alarm.IsOver };
                break;
        }

        return json;
    }

    private static void Case(JsonObject json, CaseNotice notice, DateTimeOffset now)
    {
        json["case"] = Case(notice.Case, now);
        json["reason"] = notice switch
        {
            CaseEscalated escalated => Text(escalated.Reason),
            CaseChanged changed => Text(changed.What),
            _ => null,
        };
        if (notice is CaseClosed closed)
        {
            json["closed"] = new JsonObject { ["spentUsd"] = closed.SpentUsd, ["avoidedUsd"] = closed.AvoidedUsd };
        }

        json["decisions"] = Items(notice.Decisions.TakeLast(StoryTeller.MostLines), remark => new JsonObject { ["text"] = Text(remark.Text), ["by"] = Text(remark.By), ["at"] = Time(remark.At) });
        json["undo"] = Items((notice.Undo?.Commands ?? []).Take(MostCommands), Undo);
        json["known"] = notice.Known is not { } known ? null : new JsonObject { ["eventAt"] = Time(known.EventAt), ["seenAt"] = Time(known.SeenAt), ["scoredAt"] = Time(known.ScoredAt) };
    }

    private static JsonObject Case(AnomalyCase anomaly, DateTimeOffset now) => new()
    {
        ["id"] = anomaly.Id,
        ["accountId"] = anomaly.AccountId,
        ["title"] = Text(anomaly.Title),
        ["severity"] = anomaly.Severity.ToString().ToLowerInvariant(),
        ["score"] = Number(anomaly.Score),
        ["actor"] = new JsonObject { ["id"] = Text(anomaly.Actor.Id), ["name"] = Text(anomaly.Actor.Name), ["kind"] = anomaly.Actor.Kind.ToString().ToLowerInvariant() },
        ["regions"] = Texts(anomaly.Regions),
        ["services"] = Texts(anomaly.Services),
        ["what"] = Texts(anomaly.What),
        ["runningResourceIds"] = Texts(anomaly.RunningResourceIds),
        ["startedAt"] = Time(anomaly.StartedAt),
        ["detectedAt"] = Time(anomaly.DetectedAt),
        ["closedAt"] = anomaly.ClosedAt is { } end ? Time(end) : null,
        ["usdPerHour"] = anomaly.RateAt(now),
        ["peakUsdPerHour"] = anomaly.PeakUsdPerHour,
        ["oneTimeUsd"] = anomaly.OneTimeUsd,
        ["spentUsd"] = anomaly.SpentAt(now),
        ["usdIn24Hours"] = anomaly.IfLeft(now, TimeSpan.FromHours(24)),
        ["usdIn30Days"] = anomaly.IfLeft(now, TimeSpan.FromDays(30)),
        ["components"] = Items(anomaly.Components, Component),
    };

    private static JsonObject Component(ScoreComponent part) => new()
    {
        ["name"] = Text(part.Name),
        ["score"] = Number(part.Score),
        ["value"] = Number(part.Value),
        ["mean"] = part.Mean is { } mean ? Number(mean) : null,
        ["deviation"] = part.Deviation is { } deviation ? Number(deviation) : null,
        ["count"] = Number(part.Count),
        ["unit"] = Text(part.Unit),
        ["text"] = Text(part.Text),
    };

    private static JsonObject Undo(UndoCommand command) => new()
    {
        ["title"] = Text(command.Title),
        ["command"] = SafeText.Lines(command.Command, LongestCommand),
        ["loses"] = Text(command.Loses),
        ["isReversible"] = command.IsReversible,
    };

    private static JsonObject Digest(Digest digest) => new()
    {
        ["from"] = Time(digest.From),
        ["to"] = Time(digest.To),
        ["timeZone"] = Text(digest.TimeZone),
        ["figures"] = Items(digest.Figures, figure => new JsonObject { ["name"] = Text(figure.Name), ["value"] = Text(figure.Value), ["change"] = Text(figure.Change) }),
        ["sections"] = Items(digest.Sections.Take(10), section => new JsonObject
        {
            ["title"] = Text(section.Title),
            ["lines"] = Items(section.Lines, line => new JsonObject { ["text"] = Text(line.Text), ["value"] = Text(line.Value), ["caseId"] = line.CaseId }),
            ["more"] = section.More + Math.Max(0, section.Lines.Count - StoryTeller.MostLines),
        }),
        ["usdPerHourByHour"] = new JsonArray([.. digest.ExposureByHour.Take(24 * 8).Select(usd => JsonValue.Create(usd))]),
    };

    private static JsonArray Items<T>(IEnumerable<T> items, Func<T, JsonObject> json) => new([.. items.Take(StoryTeller.MostLines).Select(json)]);

    private static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Take(MostItems).Select(text => JsonValue.Create(Text(text)))]);

    private static string Text(string? text) => SafeText.Line(text, LongestText);

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    // JSON has no infinity: a figure that is none is null.
    private static JsonValue? Number(double value) => double.IsFinite(value) ? JsonValue.Create(value) : null;
}
