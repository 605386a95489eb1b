using DdocCost.Domain.Ingestion;
using DdocCost.Domain.Sources;
using DdocCost.Domain.Storage;
using DdocCost.Tests.Support;
using Npgsql;
using static DdocCost.Tests.Support.TrailRecords;

namespace DdocCost.Tests.Sources;

/// <summary>Queues, read over HTTP from a real SQS server.</summary>
public sealed class QueueSourceTests(PostgresServer postgres, AwsServer aws)
{
    private const string Account = SourceBench.Account;
    private const string Key = $"AWSLogs/{Account}/CloudTrail/eu-west-1/2026/09/07/{Account}_CloudTrail_eu-west-1_20260907T0310Z_a+b.json.gz";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Takes_events_and_deletes_them_only_then()
    {
        var queue = await aws.NewQueueAsync();
        await using var bench = await StartAsync();
        for (var i = 1; i <= 25; i++)
        {
            await aws.SendMessageAsync(queue, Envelope(RunInstance(i)));
        }

        await SourceBench.ReadAllAsync(bench.Reader(Events(queue)));

        Assert.Equal(Enumerable.Range(1, 25), await bench.ScoredAsync());
        Assert.Equal(0, await aws.CountAsync(queue));
    }

    [Fact]
    public async Task Leaves_messages_in_the_queue_where_they_could_not_be_made_durable()
    {
        var queue = await aws.NewQueueAsync();
        await using var bench = await StartAsync(hide: TimeSpan.FromSeconds(3));
        await aws.SendMessageAsync(queue, Envelope(RunInstance(1)));
        await using (var connection = new NpgsqlConnection(bench.Database))
        {
            await connection.OpenAsync(Stop);
            await connection.ExecuteAsync("alter table pipeline.deliveries add constraint broken check (bytes < 0)", Stop);
            await Assert.ThrowsAnyAsync<PostgresException>(() => bench.Reader(Events(queue)).ReadAsync(Stop));
            await connection.ExecuteAsync("alter table pipeline.deliveries drop constraint broken", Stop);
        }

        Assert.Equal(1, await aws.CountAsync(queue));
        await using var afterCrash = bench.Another();
        var source = afterCrash.Reader(Events(queue));
        await Eventually.TrueAsync(async () => (await source.ReadAsync(Stop)).Taken.Taken > 0, "the message to come again");
        Assert.Equal([1], await bench.ScoredAsync());
        Assert.Equal(0, await aws.CountAsync(queue));
    }

    [Fact]
    public async Task What_is_no_event_goes_into_quarantine_and_takes_nothing_with_it()
    {
        var queue = await aws.NewQueueAsync();
        await using var bench = await StartAsync();
        foreach (var body in (string[])[Envelope(RunInstance(1)), "{ no JSON", "\"]} behind", Envelope(RunInstance(2)), "[]"])
        {
            await aws.SendMessageAsync(queue, body);
        }

        await SourceBench.ReadAllAsync(bench.Reader(Events(queue)));

        Assert.Equal([1, 2], await bench.ScoredAsync());
        Assert.NotEmpty(await bench.Pipeline.DocumentsAsync<QuarantinedRecord>(SourceBench.Tenant));
        Assert.Equal(0, await aws.CountAsync(queue));
    }

    [Fact]
    public async Task An_accounts_queue_does_not_speak_for_another_account_and_an_organisations_does()
    {
        var (queue, wide) = (await aws.NewQueueAsync(), await aws.NewQueueAsync());
        await using var bench = await StartAsync();
        await aws.SendMessageAsync(queue, Envelope(RunInstance(1, "999900001111"), "999900001111"));
        await aws.SendMessageAsync(wide, Envelope(RunInstance(2, "999900001111"), "999900001111"));

        await SourceBench.ReadAllAsync(bench.Reader(Events(queue)));
        await SourceBench.ReadAllAsync(bench.Reader(Events(wide) with { OrganizationId = "o-abcdefghij" }));

        Assert.Equal([2], await bench.ScoredAsync());
        Assert.Single(await bench.Pipeline.DocumentsAsync<QuarantinedRecord>(SourceBench.Tenant));
    }

    [Fact]
    public async Task Fetches_the_log_files_that_notifications_tell_of_in_whatever_wrapping()
    {
        var (queue, bucket) = (await aws.NewQueueAsync(), await aws.NewBucketAsync());
        await using var bench = await StartAsync();
        string[] keys = [Key, Key.Replace("0310Z", "0315Z"), Key.Replace("0310Z", "0320Z"), Key.Replace("0310Z", "0325Z")];
        for (var i = 0; i < keys.Length; i++)
        {
            await aws.PutAsync(bucket, keys[i], Gzipped(Log(RunInstance(i + 1))));
        }

        foreach (var body in (string[])
            [
                S3Event(bucket, keys[0]), $$"""{"Type":"Notification","Message":{{System.Text.Json.JsonSerializer.Serialize(S3Event(bucket, keys[1]))}}}""",
                $$$"""{"source":"aws.s3","detail-type":"Object Created","detail":{"bucket":{"name":"{{{bucket}}}"},"object":{"key":"{{{keys[2]}}}"} } }""",
                $$"""{"s3Bucket":"{{bucket}}","s3ObjectKey":["{{keys[3]}}"]}""", """{"Service":"Amazon S3","Event":"s3:TestEvent"}""",
                S3Event(bucket, $"AWSLogs/{Account}/CloudTrail-Digest/eu-west-1/2026/09/07/x.json.gz"), S3Event(bucket, "holiday.jpg"),
                S3Event(bucket, Key.Replace("0310Z", "0350Z")), // deleted meanwhile
                "who knows",
            ])
        {
            await aws.SendMessageAsync(queue, body);
        }

        await SourceBench.ReadAllAsync(bench.Reader(Notifications(queue)));

        Assert.Equal([1, 2, 3, 4], await bench.ScoredAsync());
        Assert.Equal(0, await aws.CountAsync(queue));
        Assert.NotEmpty(await bench.Pipeline.DocumentsAsync<QuarantinedRecord>(SourceBench.Tenant));
    }

    [Fact]
    public async Task What_cannot_be_fetched_stays_for_the_queues_own_policy()
    {
        var dead = await aws.NewQueueAsync();
        var redriven = await aws.NewQueueAsync(("RedrivePolicy", $$"""{"maxReceiveCount":"2","deadLetterTargetArn":"{{await aws.AttributeAsync(dead, "QueueArn")}}"}"""));
        await using var bench = await StartAsync(hide: TimeSpan.FromSeconds(3));
        await aws.SendMessageAsync(redriven, S3Event("no-such-bucket-anywhere", Key));
        var source = bench.Reader(Notifications(redriven));

        var first = await source.ReadAsync(Stop);
        await Eventually.TrueAsync(async () =>
        {
            await source.ReadAsync(Stop);
            return await aws.CountAsync(dead) == 1;
        }, "the message in the dead-letter queue");

        Assert.NotNull(first.Problem);
        Assert.Equal(0, await aws.CountAsync(redriven));
    }

    [Fact]
    public async Task Keeps_messages_hidden_while_it_works_on_them()
    {
        var queue = await aws.NewQueueAsync();
        await using var bench = await StartAsync(hide: TimeSpan.FromSeconds(3));
        await aws.SendMessageAsync(queue, Envelope(RunInstance(1)));
        await using var connection = new NpgsqlConnection(bench.Database);
        await connection.OpenAsync(Stop);
        await using var busy = await connection.BeginTransactionAsync(Stop);
        await connection.ExecuteAsync("lock table pipeline.deliveries in access exclusive mode", Stop);
        var reading = bench.Reader(Events(queue)).ReadAsync(Stop);

        // Longer than it would stay hidden by itself.
        await Task.Delay(TimeSpan.FromSeconds(4.5), Stop);
        await using var other = bench.Another();
        var meanwhile = await other.Reader(Events(queue)).ReadAsync(Stop);
        await busy.RollbackAsync(Stop);

        Assert.Equal(0, meanwhile.Taken.Taken + meanwhile.Taken.Redelivered);
        Assert.Equal(1, (await reading).Taken.Taken);
        Assert.Equal(0, await aws.CountAsync(queue));
    }

    private async Task<SourceBench> StartAsync(TimeSpan? hide = null)
    {
        var bench = await SourceBench.StartAsync(postgres, await aws.UrlAsync(), options: polling => polling.QueueHide = hide ?? polling.QueueHide);
        await bench.Pipeline.StartAsync();
        return bench;
    }

    private static ConnectedAccount Events(string queue) => SourceBench.With(new TrailSource.EventQueue { QueueUrl = queue, Region = "eu-west-1" });

    private static ConnectedAccount Notifications(string queue) => SourceBench.With(new TrailSource.BucketNotifications { QueueUrl = queue, Region = "eu-west-1" });

    private static string Envelope(string record, string account = Account) =>
        $$"""{"version":"0","id":"x","detail-type":"AWS API Call via CloudTrail","source":"aws.ec2","account":"{{account}}","detail":{{record}}}""";

    private static string S3Event(string bucket, string key) =>
        $$$"""{"Records":[{"eventVersion":"2.1","eventSource":"aws:s3","eventName":"ObjectCreated:Put","s3":{"bucket":{"name":"{{{bucket}}}"},"object":{"key":"{{{Uri.EscapeDataString(key)}}}","size":1} } }]}""";
}
