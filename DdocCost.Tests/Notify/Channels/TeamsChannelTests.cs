using System.Text;
using System.Text.Json.Nodes;
using CsCheck;
using DdocCost.Domain.Notify;
using DdocCost.Jobs.Notify.Channels.Stories;
using DdocCost.Jobs.Notify.Channels.Teams;
using DdocCost.Tests.Support;

namespace DdocCost.Tests.Notify.Channels;

/// <summary>Adaptive Cards for a Teams workflow.</summary>
public sealed class TeamsChannelTests : IAsyncLifetime
{
    private static readonly string[] Ours = ["message", "AdaptiveCard", "Container", "RichTextBlock", "TextRun", "Action.OpenUrl"];

    private ServiceStandIn _teams = null!;
    private AdapterBench _bench = null!;

    public async ValueTask InitializeAsync() => (_teams, _bench) = (await ServiceStandIn.StartAsync(), new AdapterBench());

    [Fact]
    public async Task Posts_a_card_with_the_facts_and_the_way_to_the_case()
    {
        _teams.Next(202, "");

        Assert.IsType<SendOutcome.Accepted>(await _bench.SendAsync(Teams(), Notices.Message(Notices.Opened())));

        var card = JsonNode.Parse(Assert.Single(_teams.Requests).Body)!["attachments"]![0]!;
        Assert.Equal("application/vnd.microsoft.card.adaptive", (string?)card["contentType"]);
        Assert.Equal("1.5", (string?)card["content"]!["version"]);
        Assert.Equal("https://cost.example.com/anomalies/case-1", (string?)card["content"]!["actions"]![0]!["url"]);
        Assert.All(["alice started 16", "$417.02/h", "aws ec2 stop-instances"], text => Assert.Contains(text, SlackRules.Visible(card), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Is_silent_about_what_interrupts_nobody()
    {
        Assert.IsType<SendOutcome.Accepted>(await _bench.SendAsync(Teams(), Notices.Message(Notices.Changed())));

        Assert.Empty(_teams.Requests);
    }

    [Theory]
    [InlineData(429, "", "Busy")]
    [InlineData(200, "Webhook message delivery failed with error: Microsoft Teams endpoint returned HTTP error 429 with ContextId", "Busy")]
    [InlineData(200, "Webhook message delivery failed with error: Microsoft Teams endpoint returned HTTP error 413 with ContextId", "Refused")]
    [InlineData(404, "workflow not found", "Refused")]
    public async Task Hears_a_refusal_also_behind_a_good_status(int status, string body, string outcome)
    {
        _teams.Next(status, body);

        Assert.Equal(outcome, (await _bench.SendAsync(Teams(), Notices.Message(Notices.Opened()))).GetType().Name);
    }

    [Fact]
    public void Fits_into_28_KB_and_mentions_nobody_whatever_is_told() => Evil.Notice.Sample(notice =>
    {
        var message = TeamsCard.Of(StoryTeller.Tell(Notices.Message(notice), new Uri("https://cost.example.com"))).ToJsonString();

        Assert.True(Encoding.UTF8.GetByteCount(message) <= 28 * 1024);
        Assert.Empty(SlackRules.Types(JsonNode.Parse(message)).Except(Ours)); // text runs know no Markdown; nothing else holds text
        Assert.DoesNotContain("\"entities\"", message, StringComparison.Ordinal);
    }, iter: 60);

    [Fact]
    public void Every_kind_is_a_card() => Assert.All(Notices.All, kind =>
    {
        var message = TeamsCard.Of(StoryTeller.Tell(Notices.Message(kind.Notice), new Uri("https://cost.example.com")));

        Assert.Equal("AdaptiveCard", (string?)message["attachments"]![0]!["content"]!["type"]);
        Pictures.Keep($"teams-{kind.Name}.json", message.ToString());
    });

    public async ValueTask DisposeAsync()
    {
        await _bench.DisposeAsync();
        await _teams.DisposeAsync();
    }

    private Channel Teams() => _bench.Channel(ChannelKind.Teams, [("webhookUrl", _teams.Url + "/workflows/1")]);
}
