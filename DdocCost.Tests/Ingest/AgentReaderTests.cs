using System.Globalization;
using System.Text.Json;
using DdocCost.Agent.Aws;
using DdocCost.Agent.Readers;
using DdocCost.Agent.Spool;
using DdocCost.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using static DdocCost.Tests.Support.TrailRecords;
using AgentSpool = DdocCost.Agent.Spool.Spool;

namespace DdocCost.Tests.Ingest;

/// <summary>What the agent reads of AWS, over HTTP from servers of the test run.</summary>
public sealed class AgentReaderTests : IDisposable
{
    private readonly AwsServer _server;
    private readonly TempFolder _folder = new();
    private readonly AgentSpool _spool;
    private readonly Outbox _outbox;

    public AgentReaderTests(AwsServer server)
    {
        _server = server;
        _spool = new AgentSpool(_folder["spool"], 64 << 20);
        _outbox = new Outbox(_spool, new EdgeFilter(_folder["filter"], everything: true));
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _spool.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Sends_a_file_that_is_too_large_for_a_batch_in_pieces_with_every_record_once(bool asLogFile)
    {
        // Text that does not compress, with all that could be taken for an end of a record.
        var random = new Random(1);
        var noise = Enumerable.Range(1, 40).Select(_ =>
        {
            var bytes = new byte[400_000];
            random.NextBytes(bytes);
            return Convert.ToBase64String(bytes) + """}\\\"]},{\"eventID\":""";
        });
        string[] records = [.. noise.Select((text, i) => RunInstance(i + 1).Replace("aws-cli", text, StringComparison.Ordinal))];
        var file = asLogFile ? Log(records) : System.Text.Encoding.UTF8.GetBytes(string.Join('\n', records));
        Assert.True(Gzipped(file).Length > Outbox.LargestContent);

        await _outbox.AddAsync(new SourceState("folder:/logs"), [new ReadItem("large.json.gz", Gzipped(file))], Stop);

        var heard = new List<Guid>();
        for (ulong at = 0; at < _spool.Last; at++)
        {
            var batch = await _spool.NextAsync(at, Stop);
            Assert.StartsWith("large.json.gz#", batch.Name, StringComparison.Ordinal);
            heard.AddRange(KeysIn(batch.Content.ToByteArray()));
        }

        Assert.True(_spool.Last > 1);
        Assert.Equal(Enumerable.Range(1, 40).Select(KeyOf), heard);
    }

    [Fact]
    public async Task Says_so_where_a_file_too_large_for_a_batch_is_damaged()
    {
        var bytes = new byte[Outbox.LargestContent];
        new Random(1).NextBytes(bytes);
        var file = Log(RunInstance(1), RunInstance(2).Replace("aws-cli", Convert.ToBase64String(bytes), StringComparison.Ordinal))[..^20];
        var source = new SourceState("folder:/logs");

        await _outbox.AddAsync(source, [new ReadItem("cut.json", file), new ReadItem("good.json", Log(RunInstance(3)))], Stop);

        Assert.Contains("cut.json is too large to be sent", source.Error, StringComparison.Ordinal);
        Assert.Equal("good.json", (await _spool.NextAsync(0, Stop)).Name);
    }

    [Fact]
    public async Task Reads_new_log_files_of_a_trails_bucket_once_also_after_a_restart_and_leaves_digests_alone()
    {
        using var aws = Caller(await _server.UrlAsync());
        var (bucket, now) = (await _server.NewBucketAsync(), DateTimeOffset.UtcNow);
        var (first, second) = (Key("111122223333", "eu-west-1", now, 1), Key("222233334444", "us-east-1", now, 2));
        await _server.PutAsync(bucket, first, Gzipped(Log(RunInstance(1))));
        await _server.PutAsync(bucket, second, Gzipped(Log(RunInstance(2))));
        await _server.PutAsync(bucket, first.Replace("/CloudTrail/", "/CloudTrail-Digest/", StringComparison.Ordinal), Gzipped("{}"u8.ToArray()));
        await _server.PutAsync(bucket, "something/else.json", "{}"u8.ToArray());
        var source = $"s3://{bucket}?region=eu-west-1";

        using (var reader = new S3Reader(source, _folder["positions"], aws))
        {
            await reader.LookAsync(_outbox, Stop);
            Assert.Equal([first, second], await NamesAsync());
            await reader.LookAsync(_outbox, Stop);
            Assert.Equal(2UL, _spool.Last);
        }

        var late = Key("111122223333", "eu-west-1", now.AddMinutes(-30), 3);
        await _server.PutAsync(bucket, late, Gzipped(Log(RunInstance(3))));
        using var again = new S3Reader(source, _folder["positions"], aws);
        await again.LookAsync(_outbox, Stop);
        Assert.Equal([first, second, late], await NamesAsync());
        Assert.Equal(1UL, again.State.Items);
    }

    [Fact]
    public async Task Reads_a_queue_of_events_and_of_news_of_objects_and_deletes_what_is_on_its_disk()
    {
        using var aws = Caller(await _server.UrlAsync());
        var (bucket, queue) = (await _server.NewBucketAsync(), await _server.NewQueueAsync());
        var key = Key("111122223333", "eu-west-1", DateTimeOffset.UtcNow, 1);
        await _server.PutAsync(bucket, key, Gzipped(Log(RunInstance(1))));
        await _server.SendMessageAsync(queue, Ingestion.Reader.Trail.Envelope(RunInstance(2)));
        await _server.SendMessageAsync(queue, JsonSerializer.Serialize(new { s3Bucket = bucket, s3ObjectKey = new[] { key } }));
        var reader = new SqsReader($"sqs:{queue}", aws);

        await Eventually.TrueAsync(async () => await reader.LookAsync(_outbox, Stop) && _spool.Last == 2, "both messages");

        var names = await NamesAsync();
        Assert.Contains(key, names);
        Assert.Contains(names, name => name.StartsWith(queue, StringComparison.Ordinal));
        Assert.Equal(0, await _server.CountAsync(queue));
    }

    [Fact]
    public async Task Asks_CloudTrail_page_by_page_through_throttling_and_takes_each_event_once()
    {
        await using var cloudTrail = await LookupAsync();
        using var aws = Caller(cloudTrail.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        var reader = new LookupReader($"lookup:eu-west-1?since={DateTime.UtcNow:yyyy-MM-ddTHH:mm:ssZ}", _folder["positions"], aws);

        await reader.LookAsync(_outbox, Stop);
        await reader.LookAsync(_outbox, Stop);

        var batch = await _spool.NextAsync(0, Stop);
        Assert.Equal(1UL, _spool.Last);
        var reading = Ingestion.Reader.Reading.Of(batch.Content.ToByteArray());
        Assert.Equal([KeyOf(1), KeyOf(2), KeyOf(3)], reading.Records.Select(record => record.Key)); // oldest first
    }

    [Fact]
    public async Task Reads_on_from_the_services_time_where_this_machines_clock_is_an_hour_ahead()
    {
        await using var aws = await AwsStandIn.StartAsync();
        aws.ClockAhead = TimeSpan.FromHours(-1);
        aws.Keys["AKID"] = "secret";
        aws.Answers["cloudtrail:LookupEvents"] = _ => StandInAnswer.Json(new { Events = new[] { new { EventId = "1", CloudTrailEvent = RunInstance(1) } } });
        using var caller = Caller(aws.Url);
        var reader = new LookupReader($"lookup:eu-west-1?since={DateTime.UtcNow:yyyy-MM-ddTHH:mm:ssZ}", _folder["positions"], caller);

        await reader.LookAsync(_outbox, Stop);
        await reader.LookAsync(_outbox, Stop);

        Assert.Equal([KeyOf(1)], KeysIn((await _spool.NextAsync(0, Stop)).Content.ToByteArray()));
        Assert.Equal(3, aws.Calls.Count); // only the first was refused
        Assert.InRange(aws.Calls[2].Json.GetProperty("StartTime").GetInt64(), 0, DateTimeOffset.UtcNow.AddHours(-1).ToUnixTimeSeconds()); // nothing passed over
    }

    /// <summary>Three events on two pages, newest first; the first request is throttled.</summary>
    private static async Task<WebApplication> LookupAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        var asked = 0;
        string Event(int n) => Ingestion.Reader.Trail.LookupEntry(RunInstance(n)).Replace("\"EventId\":\"x\"", $"\"EventId\":\"{n}\"", StringComparison.Ordinal);
        app.MapPost("/", async (HttpRequest request) =>
        {
            using var body = await JsonDocument.ParseAsync(request.Body);
            Assert.StartsWith("AWS4-HMAC-SHA256 Credential=AKID/", request.Headers.Authorization.ToString(), StringComparison.Ordinal);
            return ++asked == 1 ? Results.Json(new { __type = "ThrottlingException", message = "Rate exceeded" }, statusCode: 400)
                : body.RootElement.TryGetProperty("NextToken", out _) ? Results.Text($$"""{"Events":[{{Event(1)}}]}""", "application/x-amz-json-1.1")
                : Results.Text($$"""{"Events":[{{Event(3)}},{{Event(2)}}],"NextToken":"more"}""", "application/x-amz-json-1.1");
        });
        await app.StartAsync(Stop);
        return app;
    }

    private static AwsCaller Caller(string endpoint) => new(name => name switch
    {
        "AWS_ACCESS_KEY_ID" => "AKID",
        "AWS_SECRET_ACCESS_KEY" => "secret",
        "AWS_ENDPOINT_URL" => endpoint,
        _ => null,
    });

    private static string Key(string account, string region, DateTimeOffset at, int number) => string.Create(
        CultureInfo.InvariantCulture,
        $"AWSLogs/{account}/CloudTrail/{region}/{at.UtcDateTime:yyyy'/'MM'/'dd}/{account}_CloudTrail_{region}_{at.UtcDateTime:yyyyMMdd'T'HHmm'Z'}_{number}.json.gz");

    private async Task<List<string>> NamesAsync()
    {
        var names = new List<string>();
        for (ulong last = 0; last < _spool.Last;)
        {
            var batch = await _spool.NextAsync(last, Stop);
            names.Add(batch.Name);
            last = batch.Sequence;
        }

        return names;
    }

    private static List<Guid> KeysIn(byte[] content)
    {
        var heard = new HeardKeys();
        Domain.Ingestion.TrailReader.Read(new MemoryStream(content), "piece", heard);
        return heard.Keys;
    }

    private sealed class HeardKeys : Domain.Ingestion.ITrailReceiver
    {
        public List<Guid> Keys { get; } = [];

        public void Accept(in Domain.Ingestion.RawRecord record) => Keys.Add(record.Key);

        public void Reject(Domain.Ingestion.RejectedRecord rejected) => Assert.Fail(rejected.Reason);

        public void Note(string remark)
        {
        }
    }
}
