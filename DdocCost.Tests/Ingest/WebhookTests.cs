using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using CsCheck;
using DdocCost.App.Ingest;
using DdocCost.App.Ingest.Push;
using DdocCost.App.Ingest.Sns;
using DdocCost.App.Ingest.Webhook;
using DdocCost.Domain.Ingestion;
using DdocCost.Tests.Ingestion.Reader;
using DdocCost.Tests.Support;
using Microsoft.Extensions.Options;
using static DdocCost.Tests.Support.TrailRecords;

namespace DdocCost.Tests.Ingest;

/// <summary>Records posted over HTTP, to the real application.</summary>
public sealed class WebhookTests(IngestHost host) : IClassFixture<IngestHost>
{
    private const string Account = "111122223333";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static TheoryData<string, byte[]> Bodies() => new()
    {
        { "EventBridge envelope", Trail.Utf8(Trail.Envelope(RunInstance(1))) },
        { "log file", Log(RunInstance(1)) },
        { "gzipped log file", Gzipped(Log(RunInstance(1))) },
        { "JSON lines", Trail.Utf8(Trail.JsonLines(RunInstance(1).ReplaceLineEndings(" "))) },
        { "LookupEvents output", Trail.Utf8(Trail.LookupEvents(RunInstance(1))) },
        { "CloudWatch Logs payload", Gzipped(Trail.Utf8(Trail.LogEvents(RunInstance(1)))) },
        { "SNS envelope", Trail.Utf8(Trail.SnsMessage(Trail.Envelope(RunInstance(1)))) },
    };

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task Takes_a_record_in_whatever_it_comes(string shape, byte[] body)
    {
        var (source, token) = await host.SourceAsync();

        var answer = await host.PostAsync(body, token);

        Assert.True(answer is { Status: HttpStatusCode.Accepted, Records: 1, Rejected: 0, Redelivered: false }, $"{shape}: {answer}");
        Assert.Equal(1, (await host.TallyAsync(source))!.Records); // in the database when the answer comes
        Assert.True((await host.PostAsync(body, token)).Redelivered);
    }

    [Fact]
    public async Task Takes_a_token_as_password_or_API_key_too()
    {
        var (_, token) = await host.SourceAsync();
        var basic = Convert.ToBase64String(Encoding.ASCII.GetBytes($"sns:{token}"));

        Assert.Equal(HttpStatusCode.Accepted, (await host.PostAsync(Log(RunInstance(1)), null, r => r.Headers.TryAddWithoutValidation("Authorization", $"Basic {basic}"))).Status);
        Assert.Equal(HttpStatusCode.Accepted, (await host.PostAsync(Log(RunInstance(2)), null, r => r.Headers.Add("X-Api-Key", token))).Status);
    }

    [Fact]
    public async Task Takes_a_gzipped_file_whose_transfer_is_said_to_be_gzipped()
    {
        var (_, token) = await host.SourceAsync();

        Assert.Equal(1, (await host.PostAsync(Gzipped(Log(RunInstance(1))), token, r => r.Content!.Headers.ContentEncoding.Add("gzip"))).Records);
        Assert.Equal(1, (await host.PostAsync(Gzipped(Gzipped(Log(RunInstance(2)))), token, r => r.Content!.Headers.ContentEncoding.Add("gzip"))).Records);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, (await host.PostAsync(Log(RunInstance(1)), token, r => r.Content!.Headers.ContentEncoding.Add("br"))).Status);
    }

    [Fact]
    public async Task Refuses_who_is_not_known_and_says_how_to_be()
    {
        var (source, token) = await host.SourceAsync();
        var wrong = token[..^1] + (token[^1] == '0' ? '1' : '0');

        foreach (var bad in new[] { null, "", "x", wrong, PushSecret.NewToken("ddp_", PushSecret.NewId()), token + "0" })
        {
            var answer = await host.PostAsync(Log(RunInstance(1)), bad);
            Assert.Equal(HttpStatusCode.Unauthorized, answer.Status);
            Assert.Contains("Basic", answer.Challenge, StringComparison.Ordinal);
        }

        Assert.Null(await host.TallyAsync(source));
    }

    [Fact]
    public async Task Refuses_an_expired_a_revoked_and_a_paused_key_and_shows_why()
    {
        var desk = host.Get<PushDesk>();
        var (expired, old) = await host.SourceAsync(lifetime: TimeSpan.FromMilliseconds(1));
        await Task.Delay(5, Stop);
        var answer = await host.PostAsync(Log(RunInstance(1)), old);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.Status);
        Assert.Contains("expired", answer.Detail, StringComparison.Ordinal);

        var (source, token) = await host.SourceAsync();
        await desk.PauseAsync(source.TenantId, source.Id, pause: true, "admin", Stop);
        Assert.Equal(HttpStatusCode.Forbidden, (await host.PostAsync(Log(RunInstance(1)), token)).Status);
        await desk.PauseAsync(source.TenantId, source.Id, pause: false, "admin", Stop);
        await desk.RevokeKeyAsync(source.TenantId, source.Id, source.Keys[0].Begins, "admin", Stop);
        Assert.Equal(HttpStatusCode.Unauthorized, (await host.PostAsync(Log(RunInstance(1)), token)).Status);
        Assert.Contains("expired", (await host.Get<PushReader>().ReadAsync(expired.TenantId, Stop)).Sources[0].Trouble!.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_new_key_works_beside_the_old_one_until_that_ends()
    {
        var desk = host.Get<PushDesk>();
        var (source, first) = await host.SourceAsync();

        var second = await desk.RotateAsync(source.TenantId, source.Id, "admin", lifetime: null, overlap: TimeSpan.FromHours(1), Stop);
        Assert.Equal(HttpStatusCode.Accepted, (await host.PostAsync(Log(RunInstance(1)), first)).Status);
        Assert.Equal(HttpStatusCode.Accepted, (await host.PostAsync(Log(RunInstance(2)), second)).Status);

        var third = await desk.RotateAsync(source.TenantId, source.Id, "admin", lifetime: null, overlap: TimeSpan.Zero, Stop);
        Assert.Equal(
            [HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized, HttpStatusCode.Accepted],
            [(await host.PostAsync(Log(RunInstance(3)), first)).Status, (await host.PostAsync(Log(RunInstance(3)), second)).Status, (await host.PostAsync(Log(RunInstance(3)), third)).Status]);
    }

    [Fact]
    public async Task Keeps_tokens_as_hashes_and_another_tenants_source_out_of_reach()
    {
        var desk = host.Get<PushDesk>();
        var (source, token) = await host.SourceAsync();

        var stored = Assert.Single(await desk.ListAsync(source.TenantId, Stop));
        Assert.DoesNotContain(token[^40..], stored.ToString() + stored.Keys[0], StringComparison.Ordinal);
        await desk.RemoveAsync("another", source.Id, "admin", Stop);
        Assert.Null(await desk.RotateAsync("another", source.Id, "admin", null, TimeSpan.Zero, Stop));
        Assert.Equal(HttpStatusCode.Accepted, (await host.PostAsync(Log(RunInstance(1)), token)).Status);
    }

    [Fact]
    public async Task Sets_records_of_other_accounts_aside()
    {
        var (source, token) = await host.SourceAsync(accounts: [Account]);

        var mixed = await host.PostAsync(Log(RunInstance(1), RunInstance(2, "999999999999")), token);
        var foreign = await host.PostAsync(Log(RunInstance(3, "999999999999")), token);

        Assert.Equal((HttpStatusCode.Accepted, 1L, 1L), (mixed.Status, mixed.Records, mixed.Rejected));
        Assert.Equal(HttpStatusCode.BadRequest, foreign.Status);
        Assert.Contains("999999999999", Assert.Single(foreign.Reasons!), StringComparison.Ordinal);
        Assert.Equal(2, (await host.QuarantineAsync(source.TenantId)).Count);
        Assert.Equal((1L, 2L), ((await host.TallyAsync(source))!.Records, (await host.TallyAsync(source))!.Rejected));
    }

    [Fact]
    public async Task Keeps_what_is_malformed_in_quarantine_and_says_what_is_wrong()
    {
        var (source, token) = await host.SourceAsync();

        var garbage = await host.PostAsync("no JSON at all"u8.ToArray(), token);
        var partly = await host.PostAsync(Log(RunInstance(1), """{"eventSource":"ec2.amazonaws.com","eventTime":"x"}"""), token);

        Assert.Equal(HttpStatusCode.BadRequest, garbage.Status);
        Assert.Contains("not JSON", Assert.Single(garbage.Reasons!), StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.Accepted, 1L, 1L), (partly.Status, partly.Records, partly.Rejected));
        Assert.Equal(2, (await host.QuarantineAsync(source.TenantId)).Count);
        Assert.Equal(HttpStatusCode.BadRequest, (await host.PostAsync([], token)).Status);
    }

    [Fact]
    public async Task Refuses_what_is_too_large_compressed_or_not()
    {
        var (source, token) = await host.SourceAsync();
        var zeros = new byte[16 * 1024 * 1024];

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await host.PostAsync(zeros[..(1024 * 1024 + 1)], token)).Status);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await host.PostAsync(Gzipped(zeros), token)).Status);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await host.PostAsync(Gzipped(Gzipped(zeros)), token)).Status);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await host.PostAsync(Gzipped([.. Enumerable.Repeat(Gzipped(" "u8.ToArray()), 300_000).SelectMany(blank => blank)]), token)).Status);
        var chunked = await host.PostAsync(zeros[..(1024 * 1024 + 1)], token, r => r.Headers.TransferEncodingChunked = true);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, chunked.Status);
        Assert.Null(await host.TallyAsync(source));
    }

    [Fact]
    public async Task Takes_a_signed_request_once()
    {
        var (source, secret) = await host.SourceAsync(PushKind.Signature);
        var body = Log(RunInstance(1));
        var sign = Signing(source, secret, DateTimeOffset.UtcNow, body);

        Assert.Equal(HttpStatusCode.Accepted, (await host.PostAsync(body, null, sign)).Status);
        var replayed = await host.PostAsync(body, null, sign);
        Assert.Equal(HttpStatusCode.Conflict, replayed.Status);
        Assert.Equal(1, (await host.TallyAsync(source))!.Deliveries);

        var other = Log(RunInstance(2));
        Assert.Equal(HttpStatusCode.Unauthorized, (await host.PostAsync(other, null, sign)).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await host.PostAsync(other, null, Signing(source, secret, DateTimeOffset.UtcNow.AddMinutes(-6), other))).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await host.PostAsync(other, null, Signing(source, secret, DateTimeOffset.UtcNow.AddMinutes(6), other))).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await host.PostAsync(other, null, Signing(source, secret + "x", DateTimeOffset.UtcNow, other))).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await host.PostAsync(other, secret)).Status); // a secret is no token
        Assert.Equal(HttpStatusCode.Accepted, (await host.PostAsync(other, null, Signing(source, secret, DateTimeOffset.UtcNow.AddMinutes(-4), other))).Status);
    }

    [Fact]
    public async Task Asks_senders_to_wait_while_too_much_is_under_way_or_waits_to_be_scored()
    {
        var (source, token) = await host.SourceAsync();
        var limits = host.Get<IOptions<IngestOptions>>().Value;
        var full = host.Get<Pressure>().TryReserve(limits.MaxConcurrentBytes);

        var busy = await host.PostAsync(Log(RunInstance(1)), token);
        full!.Dispose();
        Assert.Equal((HttpStatusCode.TooManyRequests, TimeSpan.FromSeconds(1)), (busy.Status, busy.RetryAfter));
        Assert.Null(await host.TallyAsync(source));
        Assert.Equal(HttpStatusCode.Accepted, (await host.PostAsync(Log(RunInstance(1)), token)).Status);

        var most = limits.MaxBacklog;
        try
        {
            limits.MaxBacklog = 1; // what was sent just now waits: nobody scores here
            var behind = busy;
            await Eventually.TrueAsync(async () => (behind = await host.PostAsync(Log(RunInstance(1)), token)).Status == HttpStatusCode.TooManyRequests, "a refusal");
            Assert.Equal(TimeSpan.FromSeconds(10), behind.RetryAfter);
        }
        finally
        {
            limits.MaxBacklog = most;
        }
    }

    [Theory]
    [InlineData(PushKind.Token)]
    [InlineData(PushKind.Signature)]
    public async Task While_the_archive_is_away_it_refuses_and_takes_the_same_request_afterwards(PushKind kind)
    {
        var (source, key) = await host.SourceAsync(kind);
        var body = Log(RunInstance(1));
        var sign = kind == PushKind.Signature ? Signing(source, key, DateTimeOffset.UtcNow, body) : null;
        Answer refused;
        using (new AwayFolder(host.Get<IArchiveInventory>().Place))
        {
            refused = await host.PostAsync(body, kind == PushKind.Token ? key : null, sign);
        }

        Assert.Equal((HttpStatusCode.ServiceUnavailable, TimeSpan.FromSeconds(5)), (refused.Status, refused.RetryAfter));
        Assert.Null(await host.TallyAsync(source));
        var taken = await host.PostAsync(body, kind == PushKind.Token ? key : null, sign);
        Assert.Equal((HttpStatusCode.Accepted, false), (taken.Status, taken.Redelivered));
    }

    [Fact]
    public async Task Gives_up_a_body_that_does_not_come()
    {
        var (_, token) = await host.SourceAsync();
        using var client = new TcpClient();
        await client.ConnectAsync(host.Address.Host, host.Address.Port, Stop);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
            $"POST /ingest/v1/cloudtrail HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\nContent-Length: 100000\r\n\r\n{{\"Rec"), Stop);

        using var reader = new StreamReader(client.GetStream());
        var status = await reader.ReadLineAsync(Stop).AsTask().WaitAsync(TimeSpan.FromSeconds(30), Stop);

        Assert.Contains(" 408 ", status, StringComparison.Ordinal);
        await Eventually.TrueAsync(() => Task.FromResult(host.Get<Pressure>().Bytes == 0), "the room of the body given back");
    }

    [Fact]
    public async Task Hundreds_at_once_are_each_answered_for_themselves()
    {
        var (source, token) = await host.SourceAsync();
        var bad = "garbage"u8.ToArray();

        var answers = await Task.WhenAll(Enumerable.Range(0, 300).Select(async n => (n, Answer: await host.PostAsync(n % 10 == 0 ? [.. bad, (byte)('a' + n / 10)] : Log(RunInstance(n)), token))));

        Assert.All(answers, a => Assert.Equal(a.n % 10 == 0 ? HttpStatusCode.BadRequest : HttpStatusCode.Accepted, a.Answer.Status));
        Assert.Equal((270L, 30L), ((await host.TallyAsync(source))!.Records, (await host.TallyAsync(source))!.Rejected));
    }

    [Fact]
    public async Task No_bytes_make_it_fail()
    {
        var (source, token) = await host.SourceAsync();
        var (topic, _) = await host.SourceAsync(PushKind.SnsTopic, topics: [SnsStandIn.Topic]);
        var good = host.Sns.Notification(Trail.Envelope(RunInstance(1)));
        var bodies = Gen.OneOf(
            Gen.Byte.Array[0, 400],
            Gen.Select(Gen.Int[0, good.Length - 1], Gen.Byte, (at, value) => good.Select((b, i) => i == at ? value : b).ToArray()),
            Gen.Int[0, good.Length].Select(length => good[..length]),
            Gen.Byte.Array[0, 100].Select(Trail.Gzip)).Array[200].Single();

        foreach (var body in bodies)
        {
            var asToken = await host.PostAsync(body, token);
            var asTopic = await host.PostAsync(body, null, SnsStandIn.From(topic));
            Assert.True((int)asToken.Status < 500 && (int)asTopic.Status < 500, $"{asToken} {asTopic} {Convert.ToHexString(body)}");
        }

        Assert.NotNull(source);
    }

    private static Action<HttpRequestMessage> Signing(PushSource source, string secret, DateTimeOffset at, byte[] body) => request =>
    {
        request.Headers.Add("X-Ddoc-Source", source.Id);
        request.Headers.Add("X-Ddoc-Timestamp", $"{at.ToUnixTimeSeconds()}");
        request.Headers.Add("X-Ddoc-Signature", "v1=" + Convert.ToHexStringLower(RequestSignature.MacOf(secret, at, body)));
    };
}
