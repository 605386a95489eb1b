using System.IO.Hashing;
using System.Text;
using System.Text.Json.Nodes;
using DdocCost.Domain.Notify;
using DdocCost.Domain.Scoring;
using DdocCost.Domain.Wording;
using DdocCost.Jobs.Notify.Channels.Stories;

namespace DdocCost.Jobs.Notify.Channels.PagerDuty;

/// <summary>A message as PagerDuty takes it. Pure.</summary>
/// <remarks>developer.pagerduty.com/docs/events-api-v2: dedup_key 255 characters, summary 1,024, an event 512 KB.</remarks>
internal static class PagerDutyEvent
{
    private const int LongestSummary = 1_024;
    private const int LongestKey = 255;
    private const int LongestCommand = 4_000;

    /// <summary>What is to happen to an incident: <c>trigger</c>, <c>acknowledge</c>, <c>resolve</c>; null for what is no incident.</summary>
    public static string? ActionFor(Notice notice) => notice switch
    {
        CaseClosed => "resolve",
        CaseChanged changed when changed.Decisions.Any(remark => remark.Text == CaseRemarks.Acknowledged) => "acknowledge",
        CaseChanged => null,
        CaseNotice or StormNotice or TestNotice => "trigger",
        HealthAlarm alarm => alarm.IsOver ? "resolve" : "trigger",
        _ => null,
    };

    /// <summary>An event of an incident.</summary>
    public static JsonObject Incident(string routingKey, string action, OutboundMessage message, Story story) => new()
    {
        ["routing_key"] = routingKey,
        ["event_action"] = action,
        ["dedup_key"] = KeyOf(message),
        ["client"] = "dd0c/cost",
        ["client_url"] = story.Link?.AbsoluteUri,
        ["payload"] = Payload(message, story, SeverityOf(message.Notice)),
        ["links"] = Links(story),
    };

    /// <summary>A change event: shown beside incidents, wakes nobody.</summary>
    public static JsonObject Change(string routingKey, OutboundMessage message, Story story) => new()
    {
        ["routing_key"] = routingKey,
        ["payload"] = Payload(message, story, null),
        ["links"] = Links(story),
    };

    private static JsonObject Payload(OutboundMessage message, Story story, string? severity)
    {
        var payload = new JsonObject
        {
            ["summary"] = SafeText.Cut(story.Headline, LongestSummary),
            ["source"] = message.Notice is CaseNotice notice ? notice.Case.AccountId : "dd0c/cost",
            ["timestamp"] = message.SendingAt.UtcDateTime.ToString("O"),
            ["custom_details"] = Details(story),
        };
        if (severity is not null)
        {
            payload["severity"] = severity;
            payload["class"] = story.Kind;
        }

        return payload;
    }

    /// <summary>What makes later events speak of the same incident.</summary>
    private static string KeyOf(OutboundMessage message)
    {
        var key = message.Notice switch
        {
            CaseNotice notice => $"ddoc/{message.TenantId}/case/{notice.Case.Id}",
            HealthAlarm alarm => $"ddoc/{message.TenantId}/health/{alarm.Subject}",
            _ => $"ddoc/{message.TenantId}/{message.Id}",
        };
        return key.Length <= LongestKey && !key.Any(char.IsControl) ? key : $"ddoc/{Convert.ToHexStringLower(XxHash128.Hash(Encoding.UTF8.GetBytes(key)))}";
    }

    private static string SeverityOf(Notice notice) => notice.Severity switch
    {
        Severity.Critical => "critical",
        Severity.Warning => "warning",
        _ => "info",
    };

    private static JsonObject Details(Story story)
    {
        var details = new JsonObject();
        foreach (var fact in story.Facts.Take(StoryTeller.MostLines))
        {
            details[fact.Name] = fact.Value;
        }

        foreach (var section in story.Sections.Take(StoryTeller.MostLines))
        {
            details[section.Title] = string.Join('\n', section.Lines.Select(line => line.Value.Length == 0 ? line.Text : $"{line.Value}: {line.Text}"));
        }

        if (story.Undo is { } undo)
        {
            details["To end it"] = SafeText.Lines(undo.Commands[0].Command, LongestCommand);
        }

        return details;
    }

    private static JsonArray Links(Story story) => story.Link is { } link ? [new JsonObject { ["href"] = link.AbsoluteUri, ["text"] = "Open in dd0c/cost" }] : [];
}
