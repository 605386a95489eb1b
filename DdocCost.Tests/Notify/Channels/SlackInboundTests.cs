using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using DdocCost.Domain.Audit;
using DdocCost.Domain.Notify;
using DdocCost.Jobs.Notify.Channels.Slack;
using DdocCost.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace DdocCost.Tests.Notify.Channels;

/// <summary>Buttons in Slack: from the request that Slack signs to the decision and the answer, by way of a real job server.</summary>
public sealed class SlackInboundTests(InboundHost host) : IClassFixture<InboundHost>
{
    private static readonly HttpClient Http = new();

    [Fact]
    public async Task A_click_decides_as_the_user_with_that_mail_address_and_is_answered_in_private()
    {
        var anomaly = await host.CaseAsync();

        Assert.Equal(HttpStatusCode.OK, await ClickAsync(host.Payload(anomaly.Id, "acknowledge", answer: "ack")));

        await Eventually.TrueAsync(async () => (await host.TriageAsync(anomaly.Id))?.Acknowledged?.By == "alice@example.com", "the acknowledgement");
        await Eventually.TrueAsync(() => Task.FromResult(host.Slack.Answers("ack").Count > 0), "the answer");
        var answer = JsonNode.Parse(host.Slack.Answers("ack")[0])!;
        Assert.Equal(("ephemeral", false), ((string?)answer["response_type"], (bool)answer["replace_original"]!));
        Assert.Contains("acknowledged it", (string?)answer["text"], StringComparison.Ordinal);
        var logged = Assert.Single(await host.AuditAsync($"case/{anomaly.Id}"));
        Assert.Equal((Mouth.Slack, "case.acknowledge", "alice@example.com"), (logged.Mouth, logged.Action, logged.By));
    }

    [Fact]
    public async Task A_case_is_one_message_that_a_click_brings_up_to_date_for_everybody()
    {
        var anomaly = await host.CaseAsync();
        await host.TellAsync(new CaseOpened { Case = anomaly });
        await Eventually.TrueAsync(() => Task.FromResult(MessageOf(anomaly.Id) is not null), "the message");
        Assert.DoesNotContain("acknowledged it", SlackRules.Visible(MessageOf(anomaly.Id)!["blocks"]), StringComparison.Ordinal);

        await ClickAsync(host.Payload(anomaly.Id, "acknowledge"));

        await Eventually.TrueAsync(() => Task.FromResult(SlackRules.Visible(MessageOf(anomaly.Id)!["blocks"]).Contains("acknowledged it, by alice@example.com", StringComparison.Ordinal)), "the change of the message");
        var thread = (string?)MessageOf(anomaly.Id)!["ts"];
        await Eventually.TrueAsync(() => Task.FromResult(host.Slack.Messages.Any(message => (string?)message["thread_ts"] == thread && SlackRules.Visible(message).Contains("alice@example.com acknowledged it", StringComparison.Ordinal))), "the line in its thread");
    }

    [Fact]
    public async Task The_same_click_delivered_again_changes_nothing()
    {
        var anomaly = await host.CaseAsync();
        var payload = host.Payload(anomaly.Id, "snooze", "1d", answer: "twice");

        await ClickAsync(payload);
        await ClickAsync(payload);

        await Eventually.TrueAsync(() => Task.FromResult(host.Slack.Answers("twice").Count == 2), "both answers");
        Assert.Contains("so already", host.Slack.Answers("twice")[1] + host.Slack.Answers("twice")[0], StringComparison.Ordinal);
        Assert.Single(await host.AuditAsync($"case/{anomaly.Id}"));
        Assert.Equal(SlackClick.Read(payload)!.Moment!.Value.AddDays(1), (await host.TriageAsync(anomaly.Id))!.Snoozed!.Until); // a day from the click, however late it is dealt with
    }

    [Theory]
    [InlineData("U2", "may look at cases but not decide")]
    [InlineData("U3", "does not know who you are")] // a user of another tenant
    [InlineData("U4", "does not know who you are")] // nobody's address
    [InlineData("U5", "does not know who you are")] // another company's Slack says that this is alice
    public async Task Whoever_may_not_is_told_so_and_nothing_is_decided(string user, string said)
    {
        var anomaly = await host.CaseAsync();

        await ClickAsync(host.Payload(anomaly.Id, "wrong", user: user, answer: user));

        await Eventually.TrueAsync(() => Task.FromResult(host.Slack.Answers(user).Any(answer => answer.Contains(said, StringComparison.Ordinal))), "the refusal");
        Assert.Null(await host.TriageAsync(anomaly.Id));
    }

    [Fact]
    public async Task An_administrator_can_link_somebody_whose_address_differs()
    {
        var anomaly = await host.CaseAsync();
        var user = await host.App.AddUserAsync("bob", AccessRole.Responder);
        await ClickAsync(host.Payload(anomaly.Id, "acknowledge", user: "U9", answer: "unknown"));
        await Eventually.TrueAsync(() => Task.FromResult(host.Slack.Answers("unknown").Count > 0), "the refusal");

        await host.App.Services.GetRequiredService<SlackDirectory>().LinkAsync(BrowserHost.Tenant, "U9", user.Id, "admin", TestContext.Current.CancellationToken);
        await ClickAsync(host.Payload(anomaly.Id, "acknowledge", user: "U9"));

        await Eventually.TrueAsync(async () => (await host.TriageAsync(anomaly.Id))?.Acknowledged?.By == "bob", "the acknowledgement");
    }

    [Fact]
    public async Task Shows_how_to_end_it_only_to_who_asks()
    {
        var anomaly = await host.CaseAsync();

        await ClickAsync(host.Payload(anomaly.Id, "undo", answer: "undo"));

        await Eventually.TrueAsync(() => Task.FromResult(host.Slack.Answers("undo").Count > 0), "the answer");
        var answer = JsonNode.Parse(host.Slack.Answers("undo")[0])!.AsObject();
        Assert.Contains("aws ec2 stop-instances --region sa-east-1 --instance-ids i-0123456789abcdef0", SlackRules.Visible(answer["blocks"]), StringComparison.Ordinal);
        Assert.Equal("ephemeral", (string?)answer["response_type"]);
        Assert.Empty(SlackRules.Broken(answer));
    }

    [Fact]
    public async Task Takes_nothing_that_Slack_has_not_signed_just_now()
    {
        var anomaly = await host.CaseAsync();
        var payload = host.Payload(anomaly.Id, "acknowledge", answer: "forged");

        Assert.Equal(HttpStatusCode.Unauthorized, await ClickAsync(payload, secret: "another secret"));
        Assert.Equal(HttpStatusCode.Unauthorized, await ClickAsync(payload, at: DateTimeOffset.UtcNow.AddMinutes(-6)));
        Assert.Equal(HttpStatusCode.Unauthorized, await ClickAsync(payload, at: DateTimeOffset.UtcNow.AddMinutes(6)));
        using var unsigned = await Http.PostAsync($"{host.App.Url}/slack/interactions", new StringContent("payload={}"), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Unauthorized, unsigned.StatusCode);
        using var huge = await Http.PostAsync($"{host.App.Url}/slack/interactions", new ByteArrayContent(new byte[600_000]), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, huge.StatusCode);
        Assert.Null(await host.TriageAsync(anomaly.Id));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("not json")]
    [InlineData("""{"type":"block_actions","user":{"id":"U1"},"actions":[]}""")]
    [InlineData("""{"type":"block_actions","user":{"id":"U1"},"actions":[{"block_id":"of another app","action_id":"acknowledge"}]}""")]
    [InlineData("""{"type":"view_submission","user":{"id":"U1"}}""")]
    public async Task Answers_what_it_does_not_understand_and_does_nothing(string payload) => Assert.Equal(HttpStatusCode.OK, await ClickAsync(payload));

    [Fact]
    public async Task Hears_clicks_over_a_socket_where_Slack_cannot_reach_us_and_opens_the_next_when_asked()
    {
        await Eventually.TrueAsync(() => Task.FromResult(!host.Slack.Sockets.IsEmpty), "the socket");
        var anomaly = await host.CaseAsync();
        host.Slack.Sockets.TryPeek(out var first);

        await first!.SendAsync($$"""{"envelope_id":"e-1","type":"interactive","accepts_response_payload":false,"payload":{{host.Payload(anomaly.Id, "expect", "once")}}}""");

        await Eventually.TrueAsync(() => Task.FromResult(first.Heard.Contains("""{"envelope_id":"e-1"}""")), "the acknowledgement of the envelope");
        await Eventually.TrueAsync(async () => (await host.TriageAsync(anomaly.Id))?.Settled is not null, "the decision");
        await first.SendAsync("""{"type":"disconnect","reason":"refresh_requested"}""");
        await Eventually.TrueAsync(() => Task.FromResult(host.Slack.Sockets.Count > 1), "the next socket");
        await first.SendAsync("""{"envelope_id":"e-2","type":"hello-from-the-future"}""");
        await Eventually.TrueAsync(() => Task.FromResult(first.Heard.Contains("""{"envelope_id":"e-2"}""")), "that the old one is still listened to");
        await first.CloseAsync();
        var last = host.Slack.Sockets.Last();
        await last.CloseAsync();
        await Eventually.TrueAsync(() => Task.FromResult(host.Slack.Sockets.Count > 2), "another socket after the network failed");
    }

    private JsonObject? MessageOf(string caseId) => host.Slack.Messages.FirstOrDefault(message => message["blocks"]!.AsArray().Any(block => (string?)block!["block_id"] == $"ddoc|slack|{caseId}"));

    private async Task<HttpStatusCode> ClickAsync(string payload, string secret = InboundHost.SigningSecret, DateTimeOffset? at = null)
    {
        var body = Encoding.UTF8.GetBytes("payload=" + WebUtility.UrlEncode(payload));
        var timestamp = (at ?? DateTimeOffset.UtcNow).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{host.App.Url}/slack/interactions") { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new("application/x-www-form-urlencoded");
        request.Headers.Add("X-Slack-Request-Timestamp", timestamp);
        request.Headers.Add("X-Slack-Signature", SlackSignature.Of(secret, timestamp, body));
        using var answer = await Http.SendAsync(request, TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }
}
