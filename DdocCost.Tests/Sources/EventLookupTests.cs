using System.Text.Json;
using DdocCost.Domain.Ingestion;
using DdocCost.Domain.Sources;
using DdocCost.Jobs.Aws;
using DdocCost.Tests.Support;
using static DdocCost.Tests.Support.TrailRecords;

namespace DdocCost.Tests.Sources;

/// <summary>The event history, asked over HTTP: newest first, fifty a page, two requests a second, like AWS.</summary>
public sealed class EventLookupTests(PostgresServer postgres)
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UtcNow;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Reads_history_from_old_to_new_then_what_is_new_each_event_once()
    {
        await using var aws = await AwsStandIn.StartAsync();
        var history = new History(aws) { Events = [.. Enumerable.Range(1, 120).Select(i => (i, Now.AddMinutes(-i * 2)))] };
        await using var bench = await StartAsync(aws);
        var source = bench.Reader(SourceBench.With(new TrailSource.EventLookup { HistoryDays = 1 }));

        var readings = new List<SourceReading>();
        do
        {
            readings.Add(await source.ReadAsync(Stop));
        }
        while (readings[^1].HasMore);
        history.Events = [.. history.Events, (121, Now.AddSeconds(-5))];
        await Eventually.TrueAsync(async () => (await source.ReadAsync(Stop)).Taken.Records == 1, "the new event");

        Assert.Equal(Enumerable.Range(1, 121), await bench.ScoredAsync());
        Assert.Contains("of 1 days", readings[0].Progress!, StringComparison.Ordinal);
        Assert.Null(readings[^1].Progress);
        Assert.Equal(120, readings.Sum(reading => reading.Taken.Records));
    }

    [Fact]
    public async Task Goes_on_after_a_crash_where_it_was()
    {
        await using var aws = await AwsStandIn.StartAsync();
        _ = new History(aws) { Events = [.. Enumerable.Range(1, 4).Select(i => (i, Now.AddDays(-i)))] };
        await using var bench = await StartAsync(aws);
        var account = SourceBench.With(new TrailSource.EventLookup { HistoryDays = 5 });
        await bench.Reader(account).ReadAsync(Stop);
        var first = Asked(aws)[0];

        await using var afterCrash = bench.Another();
        await SourceBench.ReadAllAsync(afterCrash.Reader(account));

        Assert.All(Asked(aws).Skip(1), later => Assert.True(later.From > first.From));
        Assert.Equal([1, 2, 3, 4], await bench.ScoredAsync());
    }

    [Fact]
    public async Task Asks_no_more_than_twice_a_second_and_gets_through_throttling()
    {
        await using var aws = await AwsStandIn.StartAsync();
        _ = new History(aws) { Events = [.. Enumerable.Range(1, 160).Select(i => (i, Now.AddMinutes(-30).AddSeconds(-i)))] };
        await using var bench = await StartAsync(aws);
        aws.Faults.Enqueue(_ => StandInAnswer.Error(400, "ThrottlingException", "Rate exceeded"));

        await SourceBench.ReadAllAsync(bench.Reader(SourceBench.With(new TrailSource.EventLookup { HistoryDays = 1 })));

        var times = aws.Calls.Select(call => call.ArrivedAt).ToList();
        Assert.All(times.Zip(times.Skip(2)), pair => Assert.True(pair.Second - pair.First > TimeSpan.FromMilliseconds(900), $"three requests within {pair.Second - pair.First}"));
        Assert.Equal(Enumerable.Range(1, 160), await bench.ScoredAsync());
    }

    [Fact]
    public async Task One_region_that_refuses_does_not_keep_the_others_waiting()
    {
        await using var aws = await AwsStandIn.StartAsync();
        _ = new History(aws, refusing: "ap-east-1") { Events = [(1, Now.AddMinutes(-30))] };
        await using var bench = await StartAsync(aws);
        var account = SourceBench.With(new TrailSource.EventLookup { HistoryDays = 1 }) with { Regions = ["eu-west-1", "ap-east-1"] };

        var reading = await bench.Reader(account).ReadAsync(Stop);

        Assert.Contains("ap-east-1: AWS refuses cloudtrail:LookupEvents", reading.Problem!, StringComparison.Ordinal);
        await Eventually.TrueAsync(async () => (await bench.ScoredAsync()).Count == 1 || (await bench.Reader(account).ReadAsync(Stop)).Taken.Taken < 0, "the other region's event");
    }

    [Fact]
    public async Task An_event_that_is_none_or_of_another_account_is_set_aside_and_takes_nothing_with_it()
    {
        await using var aws = await AwsStandIn.StartAsync();
        _ = new History(aws)
        {
            Events = [.. Enumerable.Range(1, 4).Select(i => (i, Now.AddMinutes(-30 - i)))],
            Says = number => number switch { 2 => "{ no JSON", 3 => RunInstance(3, "999900001111"), _ => RunInstance(number) },
        };
        await using var bench = await StartAsync(aws);

        await SourceBench.ReadAllAsync(bench.Reader(SourceBench.With(new TrailSource.EventLookup { HistoryDays = 1 })));

        Assert.Equal([1, 4], await bench.ScoredAsync());
        Assert.Equal(2, (await bench.Pipeline.DocumentsAsync<QuarantinedRecord>(SourceBench.Tenant)).Count);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public async Task Misses_nothing_with_a_clock_that_is_an_hour_off(int hoursAhead)
    {
        await using var aws = await AwsStandIn.StartAsync();
        aws.ClockAhead = TimeSpan.FromHours(hoursAhead);
        var there = Now + aws.ClockAhead;
        var history = new History(aws) { Events = [(1, there.AddMinutes(-90))] };
        await using var bench = await StartAsync(aws);
        var source = bench.Reader(SourceBench.With(new TrailSource.EventLookup { HistoryDays = 1 }));
        await SourceBench.ReadAllAsync(source);

        history.Events = [.. history.Events, (2, there.AddMinutes(hoursAhead > 0 ? -61 : -1))]; // as new as we can ask for by our clock
        await Eventually.TrueAsync(async () => (await source.ReadAsync(Stop)).Taken.Records == 1, "the new event");

        Assert.Equal([1, 2], await bench.ScoredAsync());
    }

    [Fact]
    public async Task Says_that_there_are_no_credentials_rather_than_nothing()
    {
        await using var aws = await AwsStandIn.StartAsync();
        _ = new History(aws);
        await using var bench = await StartAsync(aws);
        aws.Keys.Clear();

        var error = await Assert.ThrowsAsync<AwsException>(() => bench.Reader(SourceBench.With(new TrailSource.EventLookup { HistoryDays = 1 })).ReadAsync(Stop));

        Assert.True(error.IsBadCredentials);
        Assert.Contains("does not know the credentials", MissingPermission.Describe(error), StringComparison.Ordinal);
    }

    private async Task<SourceBench> StartAsync(AwsStandIn aws)
    {
        var bench = await SourceBench.StartAsync(postgres, aws.Url, options: polling => polling.LookupOverlap = TimeSpan.FromMinutes(5));
        await bench.Pipeline.StartAsync();
        return bench;
    }

    private static List<(DateTimeOffset From, DateTimeOffset To)> Asked(AwsStandIn aws) =>
        [.. aws.CallsOf("cloudtrail:LookupEvents").Select(call => (call.Json.Time("StartTime")!.Value, call.Json.Time("EndTime")!.Value))];

    /// <summary>LookupEvents as AWS answers it. https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_LookupEvents.html</summary>
    private sealed class History
    {
        private readonly string? _refusing;

        public History(AwsStandIn aws, string? refusing = null)
        {
            _refusing = refusing;
            aws.Answers["cloudtrail:LookupEvents"] = Answer;
        }

        public IReadOnlyList<(int Number, DateTimeOffset At)> Events { get; set; } = [];

        public Func<int, string> Says { get; init; } = number => RunInstance(number);

        private StandInAnswer Answer(StandInCall call)
        {
            if (call.Region == _refusing)
            {
                return StandInAnswer.Error(400, "AccessDeniedException", "User: arn:aws:iam::1:user/u is not authorized to perform: cloudtrail:LookupEvents");
            }

            var (from, to) = (call.Json.Time("StartTime")!.Value, call.Json.Time("EndTime")!.Value);
            var found = Events.Where(e => e.At >= from && e.At <= to).OrderByDescending(e => e.At).ToList();
            var start = int.Parse(call.Json.Text("NextToken") ?? "0", null);
            return new StandInAnswer(200, JsonSerializer.Serialize(new
            {
                Events = found.Skip(start).Take(50).Select(e => new
                {
                    EventId = KeyOf(e.Number), EventName = "RunInstances", EventTime = e.At.ToUnixTimeMilliseconds() / 1000.0, CloudTrailEvent = Says(e.Number),
                }),
                NextToken = start + 50 < found.Count ? $"{start + 50}" : null,
            }), "application/x-amz-json-1.1");
        }
    }
}
