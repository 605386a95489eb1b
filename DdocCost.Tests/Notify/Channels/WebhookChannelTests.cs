using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using CsCheck;
using DdocCost.Domain.Notify;
using DdocCost.Jobs.Notify.Channels.Stories;
using DdocCost.Jobs.Notify.Channels.Webhook;
using DdocCost.Tests.Support;

namespace DdocCost.Tests.Notify.Channels;

/// <summary>Webhooks, against a receiver that checks as ours in the documentation does.</summary>
public sealed class WebhookChannelTests : IAsyncLifetime
{
    private const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private ServiceStandIn _receiver = null!;
    private AdapterBench _bench = null!;

    public async ValueTask InitializeAsync()
    {
        _receiver = await ServiceStandIn.StartAsync();
        _bench = new AdapterBench();
    }

    [Fact]
    public async Task Signs_what_it_sends_so_that_a_receiver_can_check_it()
    {
        var message = Notices.Message(Notices.Opened());

        Assert.IsType<SendOutcome.Accepted>(await _bench.SendAsync(Webhook(), message));

        var request = Assert.Single(_receiver.Requests);
        Assert.Equal(message.Id.ToString(), request.Headers["webhook-id"]);
        var signed = $"{request.Headers["webhook-id"]}.{request.Headers["webhook-timestamp"]}.{request.Body}";
        var expected = HMACSHA256.HashData(Convert.FromBase64String(Secret["whsec_".Length..]), Encoding.UTF8.GetBytes(signed));
        Assert.Equal("v1," + Convert.ToBase64String(expected), request.Headers["webhook-signature"]);
        Assert.InRange(long.Parse(request.Headers["webhook-timestamp"], System.Globalization.CultureInfo.InvariantCulture), DateTimeOffset.UtcNow.AddMinutes(-1).ToUnixTimeSeconds(), DateTimeOffset.UtcNow.AddMinutes(1).ToUnixTimeSeconds());
    }

    /// <summary>The example of the Standard Webhooks specification.</summary>
    [Fact]
    public void Signs_as_the_specification_does() => Assert.Equal(
        "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
        WebhookSignature.Headers(WebhookSignature.Key(Secret)!, "msg_p5jXN8AQM9LWM0D4loKWxJek", DateTimeOffset.FromUnixTimeSeconds(1614265330), """{"test": 2432232314}""")["webhook-signature"]);

    [Fact]
    public async Task Repeats_under_the_same_delivery_id()
    {
        var message = Notices.Message(Notices.Closed());
        _receiver.NextLosesAnswer();

        Assert.IsType<SendOutcome.Busy>(await _bench.SendAsync(Webhook(), message));
        Assert.IsType<SendOutcome.Accepted>(await _bench.SendAsync(Webhook(), message with { Attempt = 2 }));

        Assert.Single(_receiver.Requests.Select(request => request.Headers["webhook-id"]).Distinct());
    }

    [Theory]
    [InlineData(204, "Accepted")]
    [InlineData(400, "Refused")]
    [InlineData(410, "Refused")]
    [InlineData(307, "Refused")]
    [InlineData(408, "Busy")]
    [InlineData(429, "Busy")]
    [InlineData(502, "Busy")]
    public async Task Takes_a_status_for_what_it_means(int status, string outcome)
    {
        _receiver.Next(status, "");

        Assert.Equal(outcome, (await _bench.SendAsync(Webhook(), Notices.Message(Notices.Opened()))).GetType().Name);
    }

    [Theory]
    [InlineData("https://no-such-host.invalid/", "Busy")]
    [InlineData("http://169.254.169.254/latest/meta-data/", "Refused")]
    [InlineData("http://10.0.0.1/", "Refused")]
    [InlineData("ftp://example.com/", "Refused")]
    [InlineData("http://user:password@example.com/", "Refused")]
    public async Task Reaches_only_where_it_may(string url, string outcome) =>
        Assert.Equal(outcome, (await _bench.SendAsync(Webhook(url), Notices.Message(Notices.Opened()))).GetType().Name);

    [Fact]
    public async Task Gives_up_a_host_that_swallows_every_packet()
    {
        using var hole = new BlackHole();
        await using var hasty = new AdapterBench(("Notify:AttemptTimeout", "00:00:01"));

        var outcome = await hasty.SendAsync(hasty.Channel(ChannelKind.Webhook, [("secret", Secret)], ("url", $"http://127.0.0.1:{hole.Port}/")), Notices.Message(Notices.Opened()));

        Assert.Contains("in time", Assert.IsType<SendOutcome.Busy>(outcome).Answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_certificate_nobody_signed_is_a_passing_fault_not_a_crash()
    {
        using var certificate = new TestCertificate();
        using var tls = await MailBox.StartAsync(certificate, security: "tls"); // speaks TLS, which is all that is asked here

        var outcome = await _bench.SendAsync(Webhook($"https://localhost:{tls.Port}/"), Notices.Message(Notices.Opened()));

        Assert.Contains("SSL", Assert.IsType<SendOutcome.Busy>(outcome).Answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("short")]
    [InlineData("whsec_not-base64!")]
    [InlineData("whsec_c2hvcnQ=")]
    public void Wants_a_secret_worth_the_name(string secret) =>
        Assert.Single(_bench.Adapter(ChannelKind.Webhook).Problems(_bench.Channel(ChannelKind.Webhook, [("secret", secret)], ("url", "https://example.com/"))));

    [Fact]
    public void Is_JSON_of_bounded_size_whatever_is_told() => Evil.Notice.Sample(notice =>
    {
        var message = Notices.Message(notice);
        var json = NoticeJson.Of(message, StoryTeller.Tell(message, null)).ToJsonString();

        Assert.True(Encoding.UTF8.GetByteCount(json) < 1_000_000);
        Assert.Equal(1, (int)JsonNode.Parse(json)!["version"]!);
    }, iter: 40);

    [Fact]
    public void Keeps_the_promise_of_the_schema()
    {
        var schema = JsonNode.Parse(File.ReadAllText(Path.Combine(Repository(), "docs", "notification.schema.json")))!.AsObject();
        Notice[] notices = [Notices.Opened(), Notices.Escalated(), Notices.Changed(), Notices.Closed(), Notices.Digest(), new HeartbeatNotice { Lines = ["one"] },
            new HealthAlarm { Subject = "trail", Title = "quiet", Text = "no records", Since = Notices.At }, new StormNotice { Cases = [Notices.Case()], Count = 3, UsdPerHour = 5 }, new TestNotice { By = "alice" }];
        Assert.All(notices, notice =>
        {
            var message = Notices.Message(notice);
            Assert.Empty(JsonShape.Broken(schema, schema, JsonNode.Parse(NoticeJson.Of(message, StoryTeller.Tell(message, new Uri("https://cost.example.com"))).ToJsonString()), "$"));
        });
    }

    public async ValueTask DisposeAsync()
    {
        await _bench.DisposeAsync();
        await _receiver.DisposeAsync();
    }

    private Channel Webhook(string? url = null) => _bench.Channel(ChannelKind.Webhook, [("secret", Secret)], ("url", url ?? _receiver.Url + "/hook"));

    private static string Repository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "DdocCost.sln")))
        {
            folder = folder.Parent;
        }

        return folder.FullName;
    }
}
