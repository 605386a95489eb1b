using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using DdocCost.Domain.Notify;
using DdocCost.Jobs.Notify.Channels.Mail;
using DdocCost.Jobs.Notify.Channels.Stories;
using DdocCost.Jobs.Notify.Channels.Webhook;

namespace DdocCost.Jobs.Notify.Channels.Sns;

/// <summary>A message as the parameters of SNS' Publish. Pure.</summary>
/// <remarks>docs.aws.amazon.com/sns/latest/api/API_Publish.html: 256 KB; a subject of less than 100 printable ASCII characters, not beginning with a space.</remarks>
internal static class SnsMessage
{
    private const int LongestSubject = 99;
    private const int LongestSms = 140;
    private const int LongestHeadline = 1000;

    /// <summary>Most bytes of the message; what is left of 256 KB is for its attributes.</summary>
    public const int MostBytes = 250 * 1024;

    /// <summary>The parameters.</summary>
    /// <param name="topicArn">Where to. A topic whose name ends in <c>.fifo</c> keeps each case in order and drops repeated attempts.</param>
    /// <param name="message">What.</param>
    /// <param name="story">In words.</param>
    public static IEnumerable<KeyValuePair<string, string>> Of(string topicArn, OutboundMessage message, Story story)
    {
        yield return new("TopicArn", topicArn);
        yield return new("Subject", Subject(story.Headline));
        yield return new("MessageStructure", "json");
        yield return new("Message", Body(message, story));
        (string Name, string Value)[] attributes =
        [
            ("type", story.Kind), ("severity", message.Notice.Severity.ToString().ToLowerInvariant()), ("tenant", message.TenantId),
            ("accountId", message.Notice is CaseNotice notice ? notice.Case.AccountId : "none"), ("deliveryId", message.Id.ToString()),
        ];
        for (var i = 0; i < attributes.Length; i++)
        {
            var entry = string.Create(CultureInfo.InvariantCulture, $"MessageAttributes.entry.{i + 1}.");
            yield return new(entry + "Name", attributes[i].Name);
            yield return new(entry + "Value.DataType", "String");
            yield return new(entry + "Value.StringValue", attributes[i].Value.Length == 0 ? "none" : attributes[i].Value);
        }

        if (topicArn.EndsWith(".fifo", StringComparison.Ordinal))
        {
            yield return new("MessageGroupId", message.ThreadKey is { Length: > 0 and <= 128 } key ? key : "ddoc");
            yield return new("MessageDeduplicationId", message.Id.ToString());
        }
    }

    /// <summary>Programs get the JSON of our webhooks, mail addresses the text, telephones the headline.</summary>
    private static string Body(OutboundMessage message, Story story)
    {
        var text = MailText.Of(story, LetterLinks.None);
        JsonObject[] shorterAndShorter =
        [
            new() { ["default"] = NoticeJson.Of(message, story).ToJsonString(), ["email"] = text, ["sms"] = Domain.Wording.SafeText.Cut(story.Headline, LongestSms) },
            new() { ["default"] = text },
        ];
        // Counted as they are sent: a character that is not ASCII is six bytes of JSON and more.
        return shorterAndShorter.Select(body => body.ToJsonString()).FirstOrDefault(body => Encoding.UTF8.GetByteCount(body) <= MostBytes)
            ?? new JsonObject { ["default"] = Domain.Wording.SafeText.Cut(story.Headline, LongestHeadline) }.ToJsonString();
    }

    private static string Subject(string headline)
    {
        var subject = new string([.. headline.Select(c => c is >= ' ' and <= '~' ? c : '?')]).TrimStart();
        return subject.Length == 0 ? "dd0c/cost" : subject.Length <= LongestSubject ? subject : subject[..(LongestSubject - 3)] + "...";
    }
}
