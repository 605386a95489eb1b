using System.Text.Json.Nodes;
using CsCheck;
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

    private static IEnumerable<string> Urls(JsonNode? node) => node switch
    {
        JsonObject o => o.SelectMany(member => member is { Key: "url", Value: JsonValue url } ? [(string)url!] : Urls(member.Value)),
        JsonArray a => a.SelectMany(Urls),
        _ => [],
    };

    /// <summary>As it comes out at the other end.</summary>
    private static JsonObject Sent(JsonObject message) => JsonNode.Parse(message.ToJsonString())!.AsObject();
}
