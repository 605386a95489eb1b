using DdocCost.Domain.Ingestion;
using DdocCost.Domain.Ledger;
using DdocCost.Domain.Scoring;
using DdocCost.Domain.Sources;
using DdocCost.Jobs.Archive;
using DdocCost.Jobs.Aws;
using DdocCost.Jobs.Polling;
using DdocCost.Tests.Support;
using Marten;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using static DdocCost.Tests.Support.TrailRecords;

namespace DdocCost.Tests.Sources;

/// <summary>What goes on for long, told with a clock that a test moves.</summary>
public sealed class HourOfTroubleTests(PostgresServer postgres)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("ThrottlingException", "slow down")]
    [InlineData(AwsException.Unreachable, "cannot be reached")]
    public async Task An_hour_of_it_is_a_handful_of_looks_a_status_and_then_everything(string code, string said)
    {
        await using var aws = await AwsStandIn.StartAsync();
        await using var bench = await SourceBench.StartAsync(postgres, aws.Url);
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 11, 26, 12, 0, 0, TimeSpan.Zero));
        var began = clock.GetUtcNow();
        var source = new Troubled(bench.Pipeline.Intake, code, () => clock.GetUtcNow() < began.AddHours(1));
        var loop = new SourceLoop(
            SourceBench.Tenant, source, bench.Pipeline.Get<IntakeStore>(), bench.Pipeline.Get<IDocumentStore>(), new PollingOptions(), clock, NullLogger.Instance);

        SourceStatus? during = null;
        while (source.Looks == 0 || source.Failures == source.Looks)
        {
            clock.Advance(await loop.LookAsync(Stop));
            during = source.Failures == source.Looks ? await bench.StatusAsync() : during;
        }

        Assert.InRange(source.Failures, 10, 30); // 2 seconds, 4, 8 … 5 minutes
        Assert.Equal((SourceState.Failing, began, source.Failures), (during!.State, during.FailingSince, during.Failures));
        Assert.Contains(said, during.Error, StringComparison.Ordinal);
        var after = await bench.StatusAsync();
        Assert.Equal((SourceState.Reading, null, 0), (after!.State, after.FailingSince, after.Failures));
        await bench.Pipeline.StartAsync();
        Assert.Equal([1], await bench.ScoredAsync());
    }

    [Fact]
    public async Task While_the_archive_is_away_for_an_hour_messages_wait_in_their_queue_and_then_all_are_taken()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 11, 26, 12, 0, 0, TimeSpan.Zero));
        var back = clock.GetUtcNow().AddHours(1);
        await using var aws = await AwsStandIn.StartAsync();
        aws.Otherwise = call => call.Service != "s3" ? null
            : clock.GetUtcNow() < back ? new StandInAnswer(503, "<Error><Code>ServiceUnavailable</Code><Message>not today</Message></Error>", "text/xml") : StandInAnswer.Xml("");
        aws.Answers["sqs:DeleteMessageBatch"] = _ => StandInAnswer.Json(new { });
        aws.Answers["sqs:GetQueueAttributes"] = _ => StandInAnswer.Json(new { Attributes = new { ApproximateNumberOfMessages = "1" } });
        aws.Answers["sqs:ReceiveMessage"] = _ => aws.CallsOf("sqs:DeleteMessageBatch").Count > 0
            ? StandInAnswer.Json(new { })
            : StandInAnswer.Json(new { Messages = new[] { new { MessageId = "m", ReceiptHandle = "r", Body = Envelope(1) } } });
        await using var bench = await SourceBench.StartAsync(postgres, aws.Url, more: services => services.Configure<ArchiveOptions>(archive => archive.S3 = new ArchiveBucketOptions
        {
            Bucket = "raw", Region = "eu-west-1", Endpoint = aws.Url, AccessKeyId = "AKIASTANDIN000000001", SecretKey = "stand-in-secret",
        }));
        var source = bench.Reader(SourceBench.With(new TrailSource.EventQueue { QueueUrl = "https://sqs.eu-west-1.amazonaws.com/1/q", Region = "eu-west-1" }));
        var loop = new SourceLoop(
            SourceBench.Tenant, source, bench.Pipeline.Get<IntakeStore>(), bench.Pipeline.Get<IDocumentStore>(), new PollingOptions(), clock, NullLogger.Instance);

        for (var looks = 0; clock.GetUtcNow() < back; looks++)
        {
            var pause = await loop.LookAsync(Stop);
            var status = await bench.StatusAsync();
            Assert.Equal(SourceState.Failing, status!.State);
            Assert.Contains("The raw archive s3://raw/ does not take or give: ServiceUnavailable", status.Error, StringComparison.Ordinal);
            Assert.InRange(looks, 0, 30);
            clock.Advance(pause);
        }

        Assert.Empty(aws.CallsOf("sqs:DeleteMessageBatch"));
        await loop.LookAsync(Stop);

        var after = await bench.StatusAsync();
        Assert.Equal((SourceState.Reading, null), (after!.State, after.FailingSince));
        Assert.Single(aws.CallsOf("sqs:DeleteMessageBatch"));
        await bench.Pipeline.StartAsync();
        Assert.Equal([1], await bench.ScoredAsync());
    }

    [Fact]
    public async Task Millions_of_strangers_in_a_bucket_are_not_listed()
    {
        const string Branch = $"AWSLogs/{SourceBench.Account}/CloudTrail/eu-west-1/";
        var stamp = DateTimeOffset.UtcNow.AddMinutes(-10);
        var key = $"{Branch}{stamp:yyyy/MM/dd}/{SourceBench.Account}_CloudTrail_eu-west-1_{stamp:yyyyMMdd'T'HHmm}Z_a.json.gz";
        await using var aws = await AwsStandIn.StartAsync();
        aws.Otherwise = call => (call.Query("prefix"), call.Query("delimiter")) switch
        {
            // A thousand strangers a page, and no end of pages.
            ("AWSLogs/", "/") => StandInAnswer.Xml(
                $"<ListBucketResult>{(call.Query("continuation-token") is null ? $"<CommonPrefixes><Prefix>AWSLogs/{SourceBench.Account}/</Prefix></CommonPrefixes>" : "")}{string.Concat(Enumerable.Range(0, 999).Select(i => $"<CommonPrefixes><Prefix>AWSLogs/stranger-{i}/</Prefix></CommonPrefixes>"))}<NextContinuationToken>more</NextContinuationToken></ListBucketResult>"),
            ($"AWSLogs/{SourceBench.Account}/CloudTrail/", "/") => StandInAnswer.Xml($"<ListBucketResult><CommonPrefixes><Prefix>{Branch}</Prefix></CommonPrefixes></ListBucketResult>"),
            (Branch, null) => StandInAnswer.Xml($"<ListBucketResult><Contents><Key>{key}</Key><Size>9</Size><LastModified>{stamp:O}</LastModified></Contents></ListBucketResult>"),
            (null, null) => StandInAnswer.Xml(System.Text.Encoding.UTF8.GetString(Log(RunInstance(1)))),
            _ => StandInAnswer.Error(400, "NotExpected", "nobody should ask for this"),
        };
        await using var bench = await SourceBench.StartAsync(postgres, aws.Url, options: polling => polling.DiscoverEvery = TimeSpan.FromHours(1));
        await bench.Pipeline.StartAsync();

        var reading = await bench.Reader(SourceBench.With(new TrailSource.TrailBucket { Bucket = "trail", Region = "eu-west-1" })).ReadAsync(Stop);

        Assert.Null(reading.Problem);
        Assert.Equal([1], await bench.ScoredAsync());
        Assert.InRange(aws.Calls.Count, 4, 25);
    }

    [Fact]
    public async Task A_record_that_is_seven_days_late_lands_in_its_hour_and_leaves_baselines_as_they_would_be()
    {
        await using var aws = await AwsStandIn.StartAsync();
        await using var bench = await SourceBench.StartAsync(postgres, aws.Url);
        var pipeline = bench.Pipeline;
        await pipeline.StartAsync();
        const int LateHour = 30;
        static string[] Day(int day) => [.. Enumerable.Range(0, 24).Where(hour => (day * 24) + hour != LateHour).Select(hour => RunInstance((((day * 24) + hour) * 3600) + 60))];
        var late = RunInstance((LateHour * 3600) + 60);

        for (var day = 0; day < 9; day++)
        {
            await pipeline.TakeAsync("late", Delivery($"day {day}", Log(Day(day))));
            await pipeline.TakeAsync("in time", Delivery($"day {day}", day == LateHour / 24 ? Log([.. Day(day)[..(LateHour % 24)], late, .. Day(day)[(LateHour % 24)..]]) : Log(Day(day))));
        }

        await pipeline.TakeAsync("late", Delivery("late", Log(late)));
        await pipeline.DrainedAsync("late");
        await pipeline.DrainedAsync("in time");

        Assert.Equal(Hours(await pipeline.DocumentsAsync<SpendHour>("in time")), Hours(await pipeline.DocumentsAsync<SpendHour>("late")));
        Assert.Equal((await pipeline.DocumentsAsync<RunningResource>("in time")).Count, (await pipeline.DocumentsAsync<RunningResource>("late")).Count);
        var (inTime, afterwards) = (Assert.Single(await pipeline.DocumentsAsync<Baseline>("in time")), Assert.Single(await pipeline.DocumentsAsync<Baseline>("late")));
        Assert.InRange(afterwards.EventCount, inTime.EventCount - 1, inTime.EventCount);
        Assert.Equal(inTime.MeanHourlyCost, afterwards.MeanHourlyCost, tolerance: inTime.MeanHourlyCost / 100);
        Assert.Equal(
            Assert.Single(await pipeline.DocumentsAsync<AccountProfile>("in time")).Clock, Assert.Single(await pipeline.DocumentsAsync<AccountProfile>("late")).Clock); // time does not go back
    }

    private static string Envelope(int number) =>
        $$"""{"version":"0","detail-type":"AWS API Call via CloudTrail","source":"aws.ec2","account":"{{SourceBench.Account}}","detail":{{RunInstance(number)}}}""";

    private static IEnumerable<(DateTimeOffset, decimal, decimal, int)> Hours(IReadOnlyList<SpendHour> hours) =>
        [.. hours.OrderBy(hour => hour.Hour).Select(hour => (hour.Hour, hour.AddedUsdPerHour, hour.NetUsdPerHour, hour.Events))];

    /// <summary>A source that is in trouble until it is not.</summary>
    private sealed class Troubled(Domain.Ingestion.Intake intake, string code, Func<bool> isTroubled) : ITrailSource
    {
        private static readonly AwsOperation Lookup = AwsServices.CloudTrail.Operation("LookupEvents");

        public string Id => "troubled";

        public int Looks { get; private set; }

        public int Failures { get; private set; }

        public async Task<SourceReading> ReadAsync(CancellationToken cancellationToken)
        {
            Looks++;
            if (isTroubled())
            {
                Failures++;
                throw new AwsException(Lookup, code, "as they say", status: null);
            }

            return new SourceReading(await intake.TakeAsync(SourceBench.Tenant, Id, [Delivery("a", Log(RunInstance(1)))], cancellationToken));
        }
    }
}
