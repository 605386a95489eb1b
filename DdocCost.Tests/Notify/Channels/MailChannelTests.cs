using DdocCost.Domain.Access;
using DdocCost.Domain.Notify;
using DdocCost.Jobs.Notify.Channels.Mail;
using DdocCost.Tests.App;
using DdocCost.Tests.Support;
using Marten;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;

namespace DdocCost.Tests.Notify.Channels;

/// <summary>Mail, over TLS to a real SMTP server, read back from its mailbox.</summary>
public sealed class MailChannelTests : IClassFixture<MailRig>
{
    private readonly MailRig _rig;
    private readonly MailBox _box;
    private readonly AdapterBench _bench;

    public MailChannelTests(MailRig rig)
    {
        (_rig, _box, _bench) = (rig, rig.Box, rig.Bench);
        _box.Clear();
    }

    [Fact]
    public async Task Signs_in_over_TLS_and_sends_each_recipient_a_letter_of_their_own()
    {
        var outcome = await _bench.SendAsync(Mail("alice@example.com, Bob <bob@example.com>"), Notices.Message(Notices.Opened()));

        Assert.IsType<SendOutcome.Accepted>(outcome);
        Assert.Equal([["alice@example.com"], ["bob@example.com"]], _box.Letters.Select(letter => letter.To));
        Assert.All(_box.Letters, letter => Assert.Equal((true, "costs"), (letter.IsSecure, letter.User)));
    }

    [Fact]
    public async Task Says_the_same_in_HTML_and_in_text_with_a_chart_inside()
    {
        var letter = await SendOneAsync(Notices.Opened());

        Assert.Equal("alice started 16 × g5.48xlarge in sa-east-1: $417/h", letter.Subject);
        Assert.All(["$417.02/h", "$10,008 in 24 hours", "aws ec2 stop-instances --region sa-east-1", "https://cost.example.com/anomalies/case-1", "told 3 s after that"], said =>
        {
            Assert.Contains(said, letter.TextBody, StringComparison.Ordinal);
            Assert.Contains(said.Replace("+", "&#x2B;", StringComparison.Ordinal), letter.HtmlBody, StringComparison.Ordinal);
        });
        var chart = Assert.Single(letter.BodyParts.OfType<MimePart>(), part => part.ContentType.MimeType == "image/png");
        Assert.Contains($"cid:{chart.ContentId}", letter.HtmlBody, StringComparison.Ordinal);
        using var png = new MemoryStream();
        await chart.Content!.DecodeToAsync(png, TestContext.Current.CancellationToken);
        using var picture = SkiaSharp.SKBitmap.Decode(png.ToArray());
        Assert.Equal((1104, 280), (picture.Width, picture.Height));
        Assert.DoesNotContain("http://", letter.HtmlBody, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", letter.HtmlBody, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Letters_of_a_case_are_one_thread_in_which_a_repeated_letter_is_the_same_letter()
    {
        var first = Notices.Message(Notices.Opened());
        var handle = Assert.IsType<SendOutcome.Accepted>(await _bench.SendAsync(Mail(), first)).Handle;
        await _bench.SendAsync(Mail(), Notices.Message(Notices.Closed(), handle));

        var letters = _box.Letters.Select(kept => kept.Letter).ToList();
        Assert.EndsWith("@example.com", letters[0].MessageId, StringComparison.Ordinal);
        Assert.Null(letters[0].InReplyTo);
        Assert.Equal(letters[0].MessageId, letters[1].InReplyTo);
        Assert.Equal(letters[0].MessageId, Assert.Single(letters[1].References));
        Assert.StartsWith(first.Id.ToString("N"), letters[0].MessageId, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tells_mail_programs_that_no_person_wrote_it_and_how_to_leave()
    {
        var letter = await SendOneAsync(Notices.Opened());

        Assert.Equal("auto-generated", letter.Headers["Auto-Submitted"]);
        Assert.Equal(MessageImportance.High, letter.Importance);
        Assert.Equal("List-Unsubscribe=One-Click", letter.Headers[HeaderId.ListUnsubscribePost]);
        var link = letter.Headers[HeaderId.ListUnsubscribe]!.Trim('<', '>');
        Assert.StartsWith("https://cost.example.com/mail/leave/", link, StringComparison.Ordinal);
        Assert.Equal(new MailPass(MailAction.Unsubscribe, "default", "ch-1", "alice@example.com"), _bench.Services.GetRequiredService<MailLinks>().Open(link.Split('/')[^1]));
    }

    [Fact]
    public async Task A_retry_leaves_out_who_has_it_already()
    {
        var message = Notices.Message(Notices.Opened());
        var first = await _bench.SendAsync(Mail("alice@example.com, once-451@example.com, bob@example.com"), message);
        Assert.Contains("451", Assert.IsType<SendOutcome.Busy>(first).Answer, StringComparison.Ordinal);

        var second = await _bench.SendAsync(Mail("alice@example.com, once-451@example.com, bob@example.com"), message with { Attempt = 2 });

        Assert.IsType<SendOutcome.Accepted>(second);
        Assert.Equal(["alice@example.com", "bob@example.com", "once-451@example.com"], _box.Letters.Select(letter => Assert.Single(letter.To)));
    }

    [Fact]
    public async Task Who_has_left_gets_nothing_more_of_this_channel()
    {
        await _bench.Services.GetRequiredService<MailBook>().LeaveAsync("default", "ch-1", "bob@left.example", TestContext.Current.CancellationToken);

        await _bench.SendAsync(Mail("alice@example.com, bob@left.example"), Notices.Message(Notices.Opened()));

        Assert.Equal(["alice@example.com"], Assert.Single(_box.Letters).To);
    }

    [Fact]
    public async Task Who_sees_some_accounts_only_reads_of_those_and_of_nothing_else()
    {
        const string theirs = "999900001111";
        var store = _bench.Services.GetRequiredService<IDocumentStore>();
        await using (var session = store.LightweightSession("default"))
        {
            session.Store(Person("carol@restricted.example", [theirs]), Person("dan@restricted.example", [Some.Account]), Person("eve@restricted.example", null, disabled: true));
            session.Store(Some.Case("theirs", title: "launch in theirs", at: Notices.At.AddHours(-1)) with { AccountId = theirs }, Some.Case("others", title: "launch in others", at: Notices.At.AddHours(-1)));
            await session.SaveChangesAsync(TestContext.Current.CancellationToken);
        }

        var everybody = Mail("alice@example.com, Carol <Carol@Restricted.example>, dan@restricted.example, eve@restricted.example");
        foreach (var (notice, told) in new (Notice, string[])[]
        {
            (Notices.Opened(), ["alice@example.com", "dan@restricted.example"]),
            (Notices.Alarm(), ["alice@example.com", "dan@restricted.example"]),
            (Notices.Heartbeat(), ["alice@example.com", "carol@restricted.example", "dan@restricted.example"]),
            (Notices.Digest(), ["alice@example.com", "carol@restricted.example", "dan@restricted.example"]),
        })
        {
            _box.Clear();
            Assert.IsType<SendOutcome.Accepted>(await _bench.SendAsync(everybody, Notices.Message(notice)));
            Assert.Equal(told, _box.Letters.Select(letter => Assert.Single(letter.To).ToLowerInvariant()).Order(StringComparer.Ordinal));
        }

        var digests = _box.Letters.ToDictionary(letter => letter.To[0].ToLowerInvariant(), letter => letter.Letter.TextBody);
        Assert.Contains("launch in theirs", digests["carol@restricted.example"], StringComparison.Ordinal);
        Assert.DoesNotContain("launch in others", digests["carol@restricted.example"], StringComparison.Ordinal);
        Assert.Contains("launch in others", digests["dan@restricted.example"], StringComparison.Ordinal);
        Assert.DoesNotContain("launch in theirs", digests["dan@restricted.example"], StringComparison.Ordinal);
        Assert.Contains("alice started 16", digests["alice@example.com"], StringComparison.Ordinal); // as it was written for the channel

        _box.Clear();
        var outcome = await _bench.SendAsync(Mail("carol@restricted.example"), Notices.Message(Notices.Opened()));
        Assert.Contains("Nothing of it", Assert.IsType<SendOutcome.Accepted>(outcome).Answer, StringComparison.Ordinal);
        Assert.Empty(_box.Letters);
    }

    private static AppUser Person(string name, IReadOnlyList<string>? accounts, bool disabled = false) => new()
    {
        Name = name, NormalizedName = name.ToUpperInvariant(), TenantId = "default", Accounts = accounts, DisabledAt = disabled ? Notices.At : null,
    };

    [Theory]
    [InlineData("refuse-550@example.com", false, "550")]
    [InlineData("busy-451@example.com", true, "451")]
    public async Task Takes_a_servers_answer_for_what_it_is(string recipient, bool passes, string said)
    {
        var outcome = await _bench.SendAsync(Mail(recipient), Notices.Message(Notices.Opened()));

        Assert.Equal(passes, outcome is SendOutcome.Busy);
        Assert.Contains(said, outcome.Answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Gives_up_waiting_for_a_server_that_says_nothing()
    {
        await using var hasty = await AdapterBench.WithDatabaseAsync(_rig.Postgres, ("Notify:Services:MailAuthorities", _rig.Certificate.CertificateFile), ("Notify:AttemptTimeout", "00:00:03"));
        var channel = hasty.Channel(ChannelKind.Email, [("password", "secret")], Settings("silent@example.com", _box.Port));

        Assert.IsType<SendOutcome.Busy>(await hasty.SendAsync(channel, Notices.Message(Notices.Opened())));
        Assert.Empty(_box.Letters);
    }

    [Fact]
    public async Task Gives_up_a_host_that_swallows_every_packet()
    {
        using var hole = new BlackHole();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(1));

        var outcome = await _bench.Adapter(ChannelKind.Email).SendAsync(Mail(port: hole.Port), Notices.Message(Notices.Opened()), patience.Token);

        Assert.Contains("in time", Assert.IsType<SendOutcome.Busy>(outcome).Answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_wrong_address_does_not_keep_the_others_from_theirs()
    {
        var outcome = Assert.IsType<SendOutcome.Accepted>(await _bench.SendAsync(Mail("refuse-550@example.com, alice@example.com"), Notices.Message(Notices.Opened())));

        Assert.Contains("Not taken for everybody:\nrefuse-550@example.com: 550", outcome.Answer, StringComparison.Ordinal);
        Assert.Equal(["alice@example.com"], Assert.Single(_box.Letters).To);
    }

    [Fact]
    public async Task A_wrong_password_is_refused_and_said()
    {
        var outcome = await _bench.SendAsync(Mail(password: "wrong"), Notices.Message(Notices.Opened()));

        Assert.Contains("does not take our sign-in", Assert.IsType<SendOutcome.Refused>(outcome).Answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_without_encryption_gets_nothing_unless_that_was_allowed()
    {
        using var plain = await MailBox.StartAsync(_rig.Certificate, security: "none");

        Assert.IsType<SendOutcome.Refused>(await _bench.SendAsync(Mail(port: plain.Port, authentication: "None"), Notices.Message(Notices.Opened())));
        Assert.IsType<SendOutcome.Accepted>(await _bench.SendAsync(Mail(port: plain.Port, authentication: "None", security: "Unencrypted"), Notices.Message(Notices.Opened())));
        Assert.False(Assert.Single(plain.Letters).IsSecure);
    }

    [Fact]
    public async Task Speaks_TLS_from_the_start_where_asked_to()
    {
        using var tls = await MailBox.StartAsync(_rig.Certificate, security: "tls", user: "costs", password: "secret");

        Assert.IsType<SendOutcome.Accepted>(await _bench.SendAsync(Mail(port: tls.Port, security: "TLS from the start"), Notices.Message(Notices.Opened())));
        Assert.True(Assert.Single(tls.Letters).IsSecure);
    }

    [Fact]
    public async Task Trusts_no_certificate_that_nobody_it_knows_has_signed()
    {
        await using var untrusting = await AdapterBench.WithDatabaseAsync(_rig.Postgres);
        var channel = untrusting.Channel(ChannelKind.Email, [("password", "secret")], Settings("alice@example.com", _box.Port));

        var outcome = await untrusting.SendAsync(channel, Notices.Message(Notices.Opened()));

        Assert.Contains("No encrypted connection", Assert.IsType<SendOutcome.Busy>(outcome).Answer, StringComparison.Ordinal);
        Assert.Empty(_box.Letters);
    }

    [Fact]
    public async Task Signs_in_with_OAuth2_and_fetches_a_token_only_when_it_needs_one()
    {
        await using var identity = await ServiceStandIn.StartAsync();
        identity.Answer = (http, _) => http.Response.WriteAsync("""{"access_token":"token-1","expires_in":3600,"token_type":"Bearer"}""");
        using var modern = await MailBox.StartAsync(_rig.Certificate, user: "costs@example.com", token: "token-1");
        var channel = _bench.Channel(ChannelKind.Email, [("refreshToken", "refresh"), ("clientSecret", "shh")], [
            .. Settings("alice@example.com", modern.Port).Where(setting => setting.Item1 is not ("authentication" or "user")),
            ("authentication", "OAuth2, refresh token"), ("user", "costs@example.com"), ("clientId", "id-1"), ("tokenUrl", identity.Url + "/token"),
        ]);

        Assert.IsType<SendOutcome.Accepted>(await _bench.SendAsync(channel, Notices.Message(Notices.Opened())));
        Assert.IsType<SendOutcome.Accepted>(await _bench.SendAsync(channel, Notices.Message(Notices.Digest())));

        Assert.Equal("client_id=id-1&client_secret=shh&grant_type=refresh_token&refresh_token=refresh", Assert.Single(identity.Requests).Body);
        Assert.Equal(2, modern.Letters.Count);
    }

    [Fact]
    public async Task A_token_that_is_not_taken_is_fetched_anew()
    {
        await using var identity = await ServiceStandIn.StartAsync();
        using var modern = await MailBox.StartAsync(_rig.Certificate, user: "costs@example.com", token: "token-2");
        var channel = _bench.Channel(ChannelKind.Email, [("clientSecret", "shh")], [
            .. Settings("alice@example.com", modern.Port).Where(setting => setting.Item1 is not ("authentication" or "user")),
            ("authentication", "OAuth2, client credentials"), ("user", "costs@example.com"), ("clientId", "id-1"), ("tokenUrl", identity.Url + "/token"), ("scope", "https://mail/.default"),
        ]);
        identity.Next(200, """{"access_token":"revoked","expires_in":3600}""");
        identity.Next(200, """{"access_token":"token-2","expires_in":3600}""");

        Assert.IsType<SendOutcome.Refused>(await _bench.SendAsync(channel, Notices.Message(Notices.Opened())));
        Assert.IsType<SendOutcome.Accepted>(await _bench.SendAsync(channel, Notices.Message(Notices.Opened())));
    }

    [Theory]
    [InlineData("")]
    [InlineData("not an address")]
    [InlineData("alice@example.com\r\nBcc: everybody@evil.example")]
    [InlineData("<script>@x@y")]
    public void Takes_only_addresses_for_recipients(string recipients) =>
        Assert.NotEmpty(_bench.Adapter(ChannelKind.Email).Problems(_bench.Channel(ChannelKind.Email, [("password", "x")], Settings(recipients, 25))));

    [Fact]
    public void Sends_no_password_unencrypted() => Assert.Contains(
        "Nothing secret is sent unencrypted: choose an encryption, or no sign-in.",
        _bench.Adapter(ChannelKind.Email).Problems(Mail(security: "Unencrypted")));

    [Theory]
    [InlineData("no-such-host.invalid")]
    [InlineData("127.0.0.1")]
    public async Task A_server_that_is_not_there_is_worth_another_try(string host)
    {
        var channel = _bench.Channel(ChannelKind.Email, [("password", "secret")], [.. Settings("alice@example.com", ServerProcess.FreePort()).Where(s => s.Item1 != "host"), ("host", host)]);

        Assert.IsType<SendOutcome.Busy>(await _bench.SendAsync(channel, Notices.Message(Notices.Opened())));
    }

    private async Task<MimeMessage> SendOneAsync(Notice notice)
    {
        Assert.IsType<SendOutcome.Accepted>(await _bench.SendAsync(Mail(), Notices.Message(notice)));
        return Assert.Single(_box.Letters).Letter;
    }

    private Channel Mail(string recipients = "alice@example.com", string password = "secret", int? port = null, string security = "STARTTLS", string authentication = "Password") => _bench.Channel(
        ChannelKind.Email, [("password", password)], Settings(recipients, port ?? _box.Port, security, authentication));

    internal static (string, string)[] Settings(string recipients, int port, string security = "STARTTLS", string authentication = "Password") =>
    [
        ("recipients", recipients), ("from", "dd0c/cost <costs@example.com>"), ("host", "localhost"), ("port", $"{port}"), ("security", security), ("authentication", authentication), ("user", "costs"),
    ];
}

/// <summary>One mail server, one database for all of these tests.</summary>
public sealed class MailRig(PostgresServer postgres) : IAsyncLifetime
{
    public PostgresServer Postgres { get; } = postgres;

    public TestCertificate Certificate { get; } = new();

    public MailBox Box { get; private set; } = null!;

    internal AdapterBench Bench { get; private set; } = null!;

    /// <summary>A channel that sends by this server.</summary>
    internal Channel Channel() => Bench.Channel(ChannelKind.Email, [("password", "secret")], MailChannelTests.Settings("alice@example.com", Box.Port));

    public async ValueTask InitializeAsync()
    {
        Box = await MailBox.StartAsync(Certificate, user: "costs", password: "secret");
        Bench = await AdapterBench.WithDatabaseAsync(Postgres, ("Notify:Services:MailAuthorities", Certificate.CertificateFile));
    }

    public async ValueTask DisposeAsync()
    {
        await Bench.DisposeAsync();
        Box.Dispose();
        Certificate.Dispose();
    }
}
