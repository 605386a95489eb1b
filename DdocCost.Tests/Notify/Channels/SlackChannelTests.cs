using System.Text.Json.Nodes;
using DdocCost.Domain.Notify;

namespace DdocCost.Tests.Notify.Channels;

/// <summary>Messages to Slack, against a stand-in that keeps to Slack's documentation.</summary>
public sealed class SlackChannelTests : IAsyncLifetime
{
    private SlackStandIn _slack = null!;
    private AdapterBench _bench = null!;
    private Channel _bot = null!;
    private Channel _webhook = null!;

    public async ValueTask InitializeAsync()
    {
        _slack = await SlackStandIn.StartAsync();
        _bench = new AdapterBench(("Notify:Services:Slack", _slack.Api));
        _bot = _bench.Channel(ChannelKind.Slack, [("botToken", SlackStandIn.Token), ("signingSecret", "shh")], ("conversation", "C1"));
        _webhook = _bench.Channel(ChannelKind.Slack, [("webhookUrl", _slack.Webhook)]);
    }

    [Fact]
    public async Task Tells_who_what_where_and_how_much_and_offers_what_can_be_done()
    {
        var outcome = await _bench.SendAsync(_bot, Notices.Message(Notices.Opened()));

        Assert.Equal("C1/1700000000.001000", Assert.IsType<SendOutcome.Accepted>(outcome).Handle);
        var message = Assert.Single(_slack.Messages);
        var seen = SlackRules.Visible(message["blocks"]);
        Assert.All(["🔴 alice started 16 × g5.48xlarge", "$417.02/h", "111122223333, sa-east-1", "$10,008 in 24 hours", "seen 120 s later, told 3 s after that", "magnitude: Far above"], text =>
            Assert.Contains(text.Replace("120 s", "2 min", StringComparison.Ordinal), seen, StringComparison.Ordinal));
        var actions = message["blocks"]!.AsArray().Single(block => (string?)block!["type"] == "actions")!;
        Assert.Equal(["acknowledge", "snooze", "expect", "wrong", "undo", "open"], actions["elements"]!.AsArray().Select(element => (string?)element!["action_id"]));
        Assert.Equal("ddoc|ch-1|case-1", (string?)actions["block_id"]);
    }

    [Fact]
    public async Task Has_no_buttons_that_nobody_would_hear()
    {
        await _bench.SendAsync(_webhook, Notices.Message(Notices.Opened()));

        var message = Assert.Single(_slack.Messages);
        Assert.DoesNotContain("acknowledge", message.ToJsonString(), StringComparison.Ordinal);
        Assert.Contains("aws ec2 stop-instances", SlackRules.Visible(message), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Brings_the_first_message_up_to_date_and_tells_what_is_new_in_its_thread()
    {
        var handle = Handle(await _bench.SendAsync(_bot, Notices.Message(Notices.Opened())));
        await _bench.SendAsync(_bot, Notices.Message(Notices.Changed(), handle));
        await _bench.SendAsync(_bot, Notices.Message(Notices.Escalated(), handle));
        var closed = await _bench.SendAsync(_bot, Notices.Message(Notices.Closed(), handle));

        Assert.Equal(handle, Handle(closed));
        var messages = _slack.Messages;
        Assert.Equal(4, messages.Count);
        Assert.Contains("🟢", SlackRules.Visible(messages[0]), StringComparison.Ordinal);
        Assert.DoesNotContain("\"acknowledge\"", messages[0].ToJsonString(), StringComparison.Ordinal);
        Assert.All(messages.Skip(1), reply => Assert.Equal("1700000000.001000", (string?)reply["thread_ts"]));
        Assert.Contains("alice acknowledged it", SlackRules.Visible(messages[1]), StringComparison.Ordinal);
        Assert.True((bool?)messages[2]["reply_broadcast"]);
        Assert.Contains("It cost $834.04; $300,254 avoided", SlackRules.Visible(messages[3]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Posts_anew_when_somebody_deleted_the_first_message()
    {
        var outcome = await _bench.SendAsync(_bot, Notices.Message(Notices.Closed(), "C1/1.000001"));

        Assert.Equal("C1/1700000000.001000", Handle(outcome));
    }

    [Fact]
    public async Task Does_not_repeat_a_message_whose_answer_was_lost()
    {
        var message = Notices.Message(Notices.Opened());
        _slack.Server.NextLosesAnswer();
        Assert.IsType<SendOutcome.Busy>(await _bench.SendAsync(_bot, message));

        var again = await _bench.SendAsync(_bot, message with { Attempt = 2 });

        Assert.Equal("C1/1700000000.001000", Handle(again));
        Assert.Single(_slack.Messages);
    }

    [Fact]
    public async Task Repeats_rather_than_loses_it_where_it_may_not_read_the_conversation()
    {
        _slack.MayRead = false;

        Assert.IsType<SendOutcome.Accepted>(await _bench.SendAsync(_bot, Notices.Message(Notices.Opened(), attempt: 2)));
    }

    [Fact]
    public async Task Leaves_Slack_alone_as_long_as_it_asks_for()
    {
        _slack.Server.Next(429, """{"ok":false,"error":"ratelimited"}""", ("Retry-After", "30"));

        Assert.Equal(TimeSpan.FromSeconds(30), Assert.IsType<SendOutcome.Busy>(await _bench.SendAsync(_bot, Notices.Message(Notices.Opened()))).RetryAfter);
    }

    [Theory]
    [InlineData("token_revoked", false)]
    [InlineData("channel_not_found", false)]
    [InlineData("not_in_channel", false)]
    [InlineData("is_archived", false)]
    [InlineData("ratelimited", true)]
    [InlineData("internal_error", true)]
    public async Task Takes_Slacks_refusals_for_what_they_are(string error, bool passes)
    {
        _slack.Server.Next(200, $$"""{"ok":false,"error":"{{error}}"}""");

        var outcome = await _bench.SendAsync(_bot, Notices.Message(Notices.Opened()));

        Assert.Equal(passes, outcome is SendOutcome.Busy);
        Assert.Contains(error, outcome.Answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(500, true)]
    [InlineData(503, true)]
    [InlineData(403, false)]
    [InlineData(302, false)]
    public async Task Tells_a_server_in_trouble_from_one_that_refuses(int status, bool passes)
    {
        _slack.Server.Next(status, "no_service");

        Assert.Equal(passes, await _bench.SendAsync(_webhook, Notices.Message(Notices.Opened())) is SendOutcome.Busy);
    }

    [Fact]
    public async Task Gives_up_waiting_for_an_answer()
    {
        await using var hasty = new AdapterBench(("Notify:AttemptTimeout", "00:00:01"));
        _slack.Server.NextIsSilent();

        var outcome = await hasty.SendAsync(hasty.Channel(ChannelKind.Slack, [("webhookUrl", _slack.Webhook)]), Notices.Message(Notices.Opened()));

        Assert.Contains("in time", Assert.IsType<SendOutcome.Busy>(outcome).Answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<!DOCTYPE html><html>")]
    [InlineData("")]
    [InlineData("[]")]
    public async Task Takes_an_answer_that_is_not_Slacks_for_a_passing_fault(string body)
    {
        _slack.Server.Next(200, body);

        Assert.IsType<SendOutcome.Busy>(await _bench.SendAsync(_bot, Notices.Message(Notices.Opened())));
    }

    [Fact]
    public void Says_what_is_missing_before_anything_is_sent()
    {
        var adapter = _bench.Adapter(ChannelKind.Slack);

        Assert.Empty(adapter.Problems(_bot));
        Assert.Empty(adapter.Problems(_webhook));
        Assert.Contains("bot token, or", Assert.Single(adapter.Problems(_bench.Channel(ChannelKind.Slack, []))), StringComparison.Ordinal);
        Assert.Equal(2, adapter.Problems(_bench.Channel(ChannelKind.Slack, [("botToken", "password")])).Count);
        Assert.Single(adapter.Problems(_bench.Channel(ChannelKind.Slack, [("webhookUrl", "file:///etc/passwd")])));
    }

    [Fact]
    public async Task Refuses_with_a_hint_when_a_secret_was_sealed_elsewhere()
    {
        var moved = _bot with { SealedSecrets = new Dictionary<string, string> { ["botToken"] = "of another installation" } };

        Assert.Contains("enter it again", Assert.IsType<SendOutcome.Refused>(await _bench.SendAsync(moved, Notices.Message(Notices.Opened()))).Answer, StringComparison.Ordinal);
    }

    public async ValueTask DisposeAsync()
    {
        await _bench.DisposeAsync();
        await _slack.DisposeAsync();
    }

    private static string? Handle(SendOutcome outcome) => Assert.IsType<SendOutcome.Accepted>(outcome).Handle;
}
