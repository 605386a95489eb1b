using System.Net;
using System.Text;
using System.Text.Json;
using DdocCost.App.Ingest;
using DdocCost.Tests.Ingestion.Reader;
using Microsoft.Extensions.Options;
using static DdocCost.Tests.Support.TrailRecords;

namespace DdocCost.Tests.Ingest;

/// <summary>What Amazon Data Firehose posts, to the real application.</summary>
public sealed class FirehoseTests(IngestHost host) : IClassFixture<IngestHost>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Takes_what_Firehose_delivers_and_answers_as_Firehose_wants_it()
    {
        var (source, token) = await host.SourceAsync();
        var logs = Trail.Gzip(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(new
        {
            messageType = "DATA_MESSAGE", owner = "111122223333", logGroup = "trail", logStream = "s", subscriptionFilters = (string[])["f"],
            logEvents = new[] { new { id = "1", timestamp = 1, message = RunInstance(1) }, new { id = "2", timestamp = 1, message = RunInstance(2) } },
        })));
        var control = Trail.Gzip("""{"messageType":"CONTROL_MESSAGE","owner":"CloudwatchLogs","logGroup":"","logStream":"","subscriptionFilters":[],"logEvents":[{"id":"","timestamp":1,"message":"CWL CONTROL MESSAGE: Checking health of destination Firehose."}]}"""u8.ToArray());
        var body = Firehose(logs, control, Encoding.UTF8.GetBytes(Trail.Envelope(RunInstance(3))), Log(RunInstance(4)));

        var (status, answer) = await ToFirehoseAsync(body, token, "request-1");
        var (again, _) = await ToFirehoseAsync(Trail.Gzip(body), token, "request-2", encoding: "gzip");

        Assert.Equal((HttpStatusCode.OK, "request-1"), (status, answer.GetProperty("requestId").GetString()));
        Assert.InRange(answer.GetProperty("timestamp").GetInt64(), 1, long.MaxValue);
        Assert.Equal(HttpStatusCode.OK, again);
        Assert.Equal((4L, 0L), ((await host.TallyAsync(source))!.Records, (await host.TallyAsync(source))!.Rejected));
    }

    [Fact]
    public async Task Keeps_what_Firehose_delivers_and_is_no_record_and_refuses_a_wrong_key()
    {
        var (source, token) = await host.SourceAsync();

        var (poison, _) = await ToFirehoseAsync(Firehose("no record"u8.ToArray(), [0x1f, 0x8b, 1, 2, 3]), token, "r");
        var (wrong, told) = await ToFirehoseAsync(Firehose(Log(RunInstance(1))), token[..^1] + (token[^1] == 'a' ? 'b' : 'a'), "r2");

        Assert.Equal(HttpStatusCode.OK, poison); // in quarantine, where sending it again would not make it better
        Assert.NotEmpty(await host.QuarantineAsync(source.TenantId));
        Assert.Equal((HttpStatusCode.Unauthorized, "r2"), (wrong, told.GetProperty("requestId").GetString()));
        Assert.NotEmpty(told.GetProperty("errorMessage").GetString()!);
    }

    [Fact]
    public async Task Unpacks_what_Firehose_delivers_only_where_there_is_room_for_it()
    {
        var (source, token) = await host.SourceAsync();
        var body = Gzipped(Firehose([.. Enumerable.Range(1, 500).Select(i => Log(RunInstance(i)))])); // some ten kilobytes that hold half a million
        var limits = host.Get<IOptions<IngestOptions>>().Value;

        using (host.Get<Pressure>().TryReserve(limits.MaxConcurrentBytes - (10 * body.Length)))
        {
            Assert.Equal(HttpStatusCode.TooManyRequests, (await ToFirehoseAsync(body, token, "r", encoding: "gzip")).Status);
        }

        Assert.Null(await host.TallyAsync(source));
        Assert.Equal(HttpStatusCode.OK, (await ToFirehoseAsync(body, token, "r", encoding: "gzip")).Status);
        Assert.Equal(500, (await host.TallyAsync(source))!.Records);
        Assert.Equal(0, host.Get<Pressure>().Bytes);
    }

    [Fact]
    public async Task Refuses_records_of_Firehose_that_unpack_to_more_than_allowed_together()
    {
        var (source, token) = await host.SourceAsync();
        var bomb = Gzipped(new byte[1024 * 1024]);

        var (status, _) = await ToFirehoseAsync(Firehose(bomb, bomb, bomb, bomb), token, "r");

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, status);
        Assert.Null(await host.TallyAsync(source));
    }

    [Theory]
    [InlineData("""{"records":[{"data":"e30="}],"records":3}""")]
    [InlineData("""{"records":[{"data":"no base64"}]}""")]
    [InlineData("""{"records":[{"data":null}]}""")]
    [InlineData("""{"records":[{"date":"e30="}]}""")]
    [InlineData("""{"records":[7]}""")]
    [InlineData("""{"records":{"data":"e30="}}""")]
    [InlineData("""{"records":[{"data":"e30="}]} more""")]
    [InlineData("""{"records":[{"data":"e30="}]""")]
    [InlineData("7")]
    public async Task Keeps_what_is_no_request_of_Firehose_as_it_came(string body)
    {
        var (source, token) = await host.SourceAsync();

        var (status, _) = await ToFirehoseAsync(Encoding.UTF8.GetBytes(body), token, "r");

        Assert.Equal(HttpStatusCode.OK, status);
        var kept = await host.QuarantineAsync(source.TenantId);
        Assert.NotEmpty(kept);
        Assert.DoesNotContain("{}", kept.Select(piece => piece.Rejected.Excerpt));
    }

    private static byte[] Firehose(params byte[][] records) => JsonSerializer.SerializeToUtf8Bytes(
        new { requestId = "in the body", timestamp = 1, records = records.Select(record => new { data = Convert.ToBase64String(record) }) });

    private async Task<(HttpStatusCode Status, JsonElement Answer)> ToFirehoseAsync(byte[] body, string key, string requestId, string? encoding = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/ingest/v1/firehose") { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new("application/json");
        if (encoding is not null)
        {
            request.Content.Headers.ContentEncoding.Add(encoding);
        }

        request.Headers.Add("X-Amz-Firehose-Request-Id", requestId);
        request.Headers.Add("X-Amz-Firehose-Access-Key", key);
        using var response = await host.Http.SendAsync(request, Stop);
        Assert.Equal("application/json", response.Content.Headers.ContentType!.MediaType);
        return (response.StatusCode, JsonSerializer.Deserialize<JsonElement>(await response.Content.ReadAsStringAsync(Stop)));
    }
}
