using System.Text.Json.Nodes;
using CsCheck;
using DdocCost.Domain.Anomalies;
using DdocCost.Jobs.Notify.Channels.Slack;
using DdocCost.Jobs.Notify.Channels.Stories;

namespace DdocCost.Tests.Notify.Channels;

/// <summary>Whatever is told, the message is one that Slack takes, and nothing in it acts.</summary>
public sealed class SlackMessageTests
{
    private static readonly string[] Ours = ["header", "plain_text", "rich_text", "rich_text_section", "rich_text_preformatted", "text", "link", "actions", "button", "static_select", "context"];

    [Fact]
    public void Keeps_within_Slacks_limits_whatever_is_told() => Gen.Select(Evil.Notice, Gen.Bool).Sample((notice, clicks) =>
    {
        var story = StoryTeller.Tell(Notices.Message(notice), new Uri("https://cost.example.com"));

        Assert.Empty(SlackRules.Broken(Sent(SlackMessage.Whole(story, "ch-1", clicks))));
        if (story.News.Length > 0)
        {
            Assert.Empty(SlackRules.Broken(Sent(SlackMessage.Reply(story))));
        }
    }, iter: 60);

    [Fact]
    public void Mentions_nobody_and_links_nowhere_but_to_our_pages() => Evil.Notice.Sample(notice =>
    {
        var message = Sent(SlackMessage.Whole(StoryTeller.Tell(Notices.Message(notice), new Uri("https://cost.example.com")), "ch-1", true));

        Assert.Empty(SlackRules.Types(message["blocks"]).Except(Ours)); // no mrkdwn, no user, no broadcast
        Assert.All(SlackRules.ParsedText(message), text => Assert.DoesNotContain('<', text));
        Assert.All(Urls(message), url => Assert.StartsWith("https://cost.example.com/", url, StringComparison.Ordinal));
    }, iter: 60);

    [Fact]
    public void Shows_no_control_or_direction_characters() => Evil.Notice.Sample(notice =>
    {
        var seen = SlackRules.Visible(Sent(SlackMessage.Whole(StoryTeller.Tell(Notices.Message(notice), null), "ch-1", true)));

        Assert.DoesNotContain(seen, c => (char.IsControl(c) && c != '\n') || c is '\u202E' or '\u2066' or '\u200B' or '\uFEFF');
    }, iter: 60);

    [Fact]
    public void Escapes_the_one_text_that_Slack_parses()
    {
        var message = SlackMessage.Whole(StoryTeller.Tell(Notices.Message(Notices.Opened(Notices.Case("<!channel> & <@U1>"))), null), "ch-1", true);

        Assert.Equal("&lt;!channel&gt; &amp; &lt;@U1&gt;", (string?)message["text"]);
    }

    [Fact]
    public void Every_kind_is_a_message_that_Slack_takes() => Assert.All(Notices.All, kind =>
    {
        var message = Sent(SlackMessage.Whole(StoryTeller.Tell(Notices.Message(kind.Notice), new Uri("https://cost.example.com")), "ch-1", true));

        Assert.Empty(SlackRules.Broken(message));
        Pictures.Keep($"slack-{kind.Name}.json", message.ToString());
    });

    [Theory]
    [InlineData(CaseEnd.Expected, "it is expected")]
    [InlineData(CaseEnd.Wrong, "it was a false alarm")]
    public void A_case_that_nobody_stopped_has_avoided_nothing_and_the_message_says_why_it_is_closed(CaseEnd end, string why)
    {
        var story = StoryTeller.Tell(Notices.Message(Notices.Settled(end)), null);

        Assert.Contains(why, story.Lead, StringComparison.Ordinal);
        Assert.Equal("Closed. It had cost $834.04.", story.News);
        Assert.DoesNotContain("voided", SlackRules.Visible(Sent(SlackMessage.Whole(story, "ch-1", true))), StringComparison.Ordinal);
        Assert.StartsWith("Closed: ", Notices.Settled(end).Headline, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Urls(JsonNode? node) => node switch
    {
        JsonObject o => o.SelectMany(member => member is { Key: "url", Value: JsonValue url } ? [(string)url!] : Urls(member.Value)),
        JsonArray a => a.SelectMany(Urls),
        _ => [],
    };

    /// <summary>As it comes out at the other end.</summary>
    private static JsonObject Sent(JsonObject message) => JsonNode.Parse(message.ToJsonString())!.AsObject();
}
