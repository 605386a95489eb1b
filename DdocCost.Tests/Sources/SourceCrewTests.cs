using DdocCost.Domain.Ingestion;
using DdocCost.Domain.Sources;
using DdocCost.Domain.Storage;
using DdocCost.Tests.Support;
using Npgsql;
using static DdocCost.Tests.Support.TrailRecords;

namespace DdocCost.Tests.Sources;

/// <summary>The readers of sources as they run in the product.</summary>
public sealed class SourceCrewTests(PostgresServer postgres, AwsServer aws)
{
    private const string Account = SourceBench.Account;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Begins_when_an_account_is_connected_stops_when_paused_and_goes_on_when_resumed()
    {
        var queue = await aws.NewQueueAsync();
        var source = new TrailSource.EventQueue { QueueUrl = queue, Region = "eu-west-1" };
        await using var bench = await StartAsync();

        await bench.ConnectAsync(SourceBench.With(source));
        await aws.SendMessageAsync(queue, Envelope(1));
        await TakenAsync(bench, 1);
        Assert.Equal(SourceState.Reading, (await bench.StatusAsync())!.State);

        await bench.ChangeAsync(account => account.With(source with { IsPaused = true }));
        await StateAsync(bench, SourceState.Paused);
        await aws.SendMessageAsync(queue, Envelope(2));
        Assert.Equal([1], await bench.ScoredAsync());

        await bench.ChangeAsync(account => account.With(source));
        await TakenAsync(bench, 2);
        await StateAsync(bench, SourceState.Reading);
    }

    [Fact]
    public async Task Two_processes_share_the_work_and_nothing_counts_twice()
    {
        var (queue, bucket) = (await aws.NewQueueAsync(), await aws.NewBucketAsync());
        await using var one = await StartAsync();
        await using var two = one.Another(crew: true);
        await two.Pipeline.StartAsync();
        for (var i = 1; i <= 30; i++)
        {
            await aws.SendMessageAsync(queue, Envelope(i));
            await aws.PutAsync(bucket, Key(i), Gzipped(Log(RunInstance(i), RunInstance(i + 100))));
        }

        await one.ConnectAsync(SourceBench.With(
            new TrailSource.EventQueue { QueueUrl = queue, Region = "eu-west-1" }, new TrailSource.TrailBucket { Bucket = bucket, Region = "eu-west-1" }));

        await TakenAsync(one, 60);
        Assert.Equal([.. Enumerable.Range(1, 30), .. Enumerable.Range(101, 30)], await one.ScoredAsync());
        var tallies = await one.Pipeline.Get<IntakeStore>().TalliesAsync(SourceBench.Tenant, Stop);
        Assert.Equal(30, tallies[$"{Account}/s3:{bucket}/"].Deliveries); // fetched by one of them
    }

    [Fact]
    public async Task Another_process_takes_over_when_one_is_gone()
    {
        var queue = await aws.NewQueueAsync();
        var one = await StartAsync();
        await using var two = one.Another(crew: true);
        await one.ConnectAsync(SourceBench.With(new TrailSource.EventQueue { QueueUrl = queue, Region = "eu-west-1" }));
        await aws.SendMessageAsync(queue, Envelope(1));
        await TakenAsync(one, 1);
        await two.Pipeline.StartAsync();

        await one.Pipeline.DisposeAsync();
        await aws.SendMessageAsync(queue, Envelope(2));

        await TakenAsync(two, 2);
    }

    [Fact]
    public async Task Reads_no_faster_than_the_scoring_follows()
    {
        var queue = await aws.NewQueueAsync();
        await using var bench = await SourceBench.StartAsync(postgres, await aws.UrlAsync(), crew: true, polling => polling.MaxBacklog = 10);
        await using (var connection = new NpgsqlConnection(bench.Database))
        {
            await connection.OpenAsync(Stop);
            await connection.ExecuteAsync("insert into pipeline.accounts (tenant_id, account_id, sent_seq) values ('acme', 'x', 50)", Stop);
        }

        await bench.Pipeline.StartAsync();
        await bench.ConnectAsync(SourceBench.With(new TrailSource.EventQueue { QueueUrl = queue, Region = "eu-west-1" }));
        await aws.SendMessageAsync(queue, Envelope(1));
        await StateAsync(bench, SourceState.HeldBack);
        Assert.Equal(1, await aws.CountAsync(queue));

        await bench.Pipeline.ScalarAsync<long>("update pipeline.accounts set sent_seq = 0 where account_id = 'x' returning 1::bigint");
        await TakenAsync(bench, 1);
    }

    [Fact]
    public async Task Says_what_is_wrong_while_AWS_is_out_of_reach_and_loses_nothing()
    {
        await using var standIn = await AwsStandIn.StartAsync();
        await using var bench = await SourceBench.StartAsync(postgres, standIn.Url, crew: true);
        await bench.Pipeline.StartAsync();
        var outage = true;
        standIn.Answers["sqs:ReceiveMessage"] = call => outage ? StandInAnswer.Html(503)
            : standIn.CallsOf("sqs:DeleteMessageBatch").Count > 0 ? StandInAnswer.Json(new { })
            : StandInAnswer.Json(new { Messages = new[] { new { MessageId = "m", ReceiptHandle = "r", Body = Envelope(1) } } });
        standIn.Answers["sqs:DeleteMessageBatch"] = _ => StandInAnswer.Json(new { });
        standIn.Answers["sqs:GetQueueAttributes"] = _ => StandInAnswer.Json(new { Attributes = new { ApproximateNumberOfMessages = "7" } });

        await bench.ConnectAsync(SourceBench.With(new TrailSource.EventQueue { QueueUrl = "https://sqs.eu-west-1.amazonaws.com/1/q", Region = "eu-west-1" }));
        await StateAsync(bench, SourceState.Failing);
        await Eventually.TrueAsync(async () => (await bench.StatusAsync())!.Failures >= 3, "three failures in a row");
        Assert.NotNull((await bench.StatusAsync())!.FailingSince);
        outage = false;

        await TakenAsync(bench, 1);
        await Eventually.TrueAsync(async () => await bench.StatusAsync() is { State: SourceState.Reading, Error: null, FailingSince: null, Waiting: 7 }, "a good status");
    }

    private async Task<SourceBench> StartAsync()
    {
        var bench = await SourceBench.StartAsync(postgres, await aws.UrlAsync(), crew: true);
        await bench.Pipeline.StartAsync();
        return bench;
    }

    private static Task TakenAsync(SourceBench bench, int events) =>
        Eventually.TrueAsync(async () => (await bench.Pipeline.CostEventsAsync(SourceBench.Tenant)).Count == events, $"{events} events");

    private static Task StateAsync(SourceBench bench, SourceState state) =>
        Eventually.TrueAsync(async () => (await bench.StatusAsync())?.State == state, $"the state {state}");

    private static string Envelope(int number) =>
        $$"""{"version":"0","detail-type":"AWS API Call via CloudTrail","source":"aws.ec2","account":"{{Account}}","detail":{{RunInstance(number)}}}""";

    private static string Key(int minutesAgo) => DateTimeOffset.UtcNow.AddMinutes(-minutesAgo) is var at
        ? $"AWSLogs/{Account}/CloudTrail/eu-west-1/{at:yyyy/MM/dd}/{Account}_CloudTrail_eu-west-1_{at:yyyyMMdd'T'HHmm}Z_x.json.gz" : "";
}
