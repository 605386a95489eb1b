using DdocCost.Domain.Ingestion;
using DdocCost.Domain.Sources;
using DdocCost.Domain.Storage;
using DdocCost.Tests.Support;
using Npgsql;
using static DdocCost.Tests.Support.TrailRecords;

namespace DdocCost.Tests.Sources;

/// <summary>A trail's bucket, read over HTTP from a real S3 server.</summary>
public sealed class TrailBucketTests(PostgresServer postgres, AwsServer aws)
{
    private const string Account = SourceBench.Account;
    private static readonly DateTimeOffset Now = DateTimeOffset.UtcNow;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Takes_each_log_file_once_and_leaves_everything_else_alone()
    {
        var (bench, bucket) = await StartAsync();
        await using var _ = bench;
        await aws.PutAsync(bucket, Key("eu-west-1", Now.AddMinutes(-9), "a"), Gzipped(Log(RunInstance(1))));
        await aws.PutAsync(bucket, Key("us-east-1", Now.AddMinutes(-8), "b"), Gzipped(Log(RunInstance(2))));
        foreach (var foreign in (string[])
            [
                "holiday.jpg", $"AWSLogs/{Account}/elasticloadbalancing/eu-west-1/2026/09/07/log.gz", $"AWSLogs/{Account}/CloudTrail-Digest/eu-west-1/2026/09/07/d.json.gz",
                $"AWSLogs/{Account}/CloudTrail-Insight/eu-west-1/2026/09/07/i.json.gz", $"AWSLogs/{Account}/CloudTrail/eu-west-1/2026/09/07/notes.txt",
                $"AWSLogs/999900001111/CloudTrail/eu-west-1/{Now:yyyy/MM/dd}/999900001111_CloudTrail_eu-west-1_{Now:yyyyMMdd}T0001Z_x.json.gz",
            ])
        {
            await aws.PutAsync(bucket, foreign, Gzipped(Log(RunInstance(666))));
        }

        var source = bench.Reader(SourceBench.With(Source(bucket)));
        await SourceBench.ReadAllAsync(source);
        await aws.PutAsync(bucket, Key("sa-east-1", Now.AddMinutes(-3), "c"), Gzipped(Log(RunInstance(3)))); // a region's first
        var again = await Eventual(source);

        Assert.Equal(1, again.Taken.Taken);
        Assert.Equal([1, 2, 3], await bench.ScoredAsync());
    }

    [Fact]
    public async Task Reads_an_organisations_bucket_under_a_prefix_and_goes_on_after_a_crash_where_it_was()
    {
        var (bench, bucket) = await StartAsync();
        await using var _ = bench;
        string[] accounts = [Account, "444455556666"];
        foreach (var (account, i) in accounts.Select((account, i) => (account, i)))
        {
            await aws.PutAsync(bucket, $"logs/prod/AWSLogs/o-abcdefghij/{Key("eu-west-1", Now.AddHours(-5), "x", account)["AWSLogs/".Length..]}", Gzipped(Log(RunInstance(i + 1, account))));
        }

        var organization = SourceBench.With(Source(bucket) with { Prefix = "logs/prod" }) with { OrganizationId = "o-abcdefghij" };
        await SourceBench.ReadAllAsync(bench.Reader(organization));
        await using var afterCrash = bench.Another();
        var again = await SourceBench.ReadAllAsync(afterCrash.Reader(organization));

        Assert.Equal((0, 0), (again.Taken.Taken, again.Taken.Redelivered)); // not even fetched
        Assert.Equal([1, 2], await bench.ScoredAsync());
    }

    [Fact]
    public async Task Finds_files_that_come_late_and_those_of_the_day_before()
    {
        var (bench, bucket) = await StartAsync();
        await using var _ = bench;
        var source = bench.Reader(SourceBench.With(Source(bucket)));
        await aws.PutAsync(bucket, Key("eu-west-1", Now.AddMinutes(-1), "new"), Gzipped(Log(RunInstance(1))));
        await SourceBench.ReadAllAsync(source);

        await aws.PutAsync(bucket, Key("eu-west-1", Now.AddMinutes(-100), "late"), Gzipped(Log(RunInstance(2))));
        await Eventual(source);
        await aws.PutAsync(bucket, Key("eu-west-1", Now.AddHours(-20), "very-late"), Gzipped(Log(RunInstance(3))));
        await using var later = bench.Another(); // a day more is looked back at the start, and four times a day
        await SourceBench.ReadAllAsync(later.Reader(SourceBench.With(Source(bucket))));

        Assert.Equal([1, 2, 3], await bench.ScoredAsync());
    }

    [Fact]
    public async Task Remembers_no_more_files_than_it_may_list_again()
    {
        var (bench, bucket) = await StartAsync();
        await using var _ = bench;
        for (var i = 0; i < 6; i++)
        {
            await aws.PutAsync(bucket, Key("eu-west-1", Now.AddDays(-2 * i), "x"), Gzipped(Log(RunInstance(i + 1))));
        }

        await SourceBench.ReadAllAsync(bench.Reader(SourceBench.With(Source(bucket))));

        Assert.Equal(1, await bench.Pipeline.ScalarAsync<long>("select count(*) from pipeline.source_files"));
    }

    [Fact]
    public async Task What_was_archived_but_not_committed_is_taken_again_and_counts_once()
    {
        var (bench, bucket) = await StartAsync();
        await using var _ = bench;
        await aws.PutAsync(bucket, Key("eu-west-1", Now.AddMinutes(-9), "a"), Gzipped(Log(RunInstance(1), RunInstance(2))));
        var account = SourceBench.With(Source(bucket));
        await using (var connection = new NpgsqlConnection(bench.Database))
        {
            await connection.OpenAsync(Stop);
            await connection.ExecuteAsync("alter table pipeline.source_files add constraint broken check (bytes < 0)", Stop); // fails behind the archive, before the commit
            await Assert.ThrowsAnyAsync<PostgresException>(() => bench.Reader(account).ReadAsync(Stop));
            await connection.ExecuteAsync("alter table pipeline.source_files drop constraint broken", Stop);
        }

        await using var afterCrash = bench.Another();
        await SourceBench.ReadAllAsync(afterCrash.Reader(account));

        Assert.Equal([1, 2], await bench.ScoredAsync());
    }

    [Fact]
    public async Task What_is_no_log_file_or_speaks_for_another_account_is_set_aside_and_holds_up_nothing()
    {
        var (bench, bucket) = await StartAsync();
        await using var _ = bench;
        await aws.PutAsync(bucket, Key("eu-west-1", Now.AddMinutes(-9), "garbage"), Gzipped("no log file"u8.ToArray()));
        await aws.PutAsync(bucket, Key("eu-west-1", Now.AddMinutes(-8), "cut"), Gzipped(Log(RunInstance(1), RunInstance(2)))[..^12]);
        await aws.PutAsync(bucket, Key("eu-west-1", Now.AddMinutes(-7), "foreign"), Gzipped(Log(RunInstance(3), RunInstance(4, "999900001111"))));
        await aws.PutAsync(bucket, Key("eu-west-1", Now.AddMinutes(-6), "empty"), []);
        await aws.PutAsync(bucket, Key("eu-west-1", Now.AddMinutes(-5), "good"), Gzipped(Log(RunInstance(5))));
        var source = bench.Reader(SourceBench.With(Source(bucket)));

        await SourceBench.ReadAllAsync(source);
        var again = await source.ReadAsync(Stop);

        Assert.Equal([1, 3, 5], await bench.ScoredAsync()); // the second record is not whole
        Assert.Equal((0, 0, null), (again.Taken.Taken, again.Taken.Failed.Count, again.Problem)); // nothing is fetched for ever
        var aside = (await bench.Pipeline.DocumentsAsync<QuarantinedRecord>(SourceBench.Tenant)).Select(record => record.Rejected.Reason).ToList();
        Assert.Contains(aside, reason => reason.Contains("999900001111", StringComparison.Ordinal));
        Assert.InRange(aside.Count, 3, 4);
    }

    [Fact]
    public async Task The_same_records_through_bucket_queue_and_folder_count_once()
    {
        var (bench, bucket) = await StartAsync();
        await using var _ = bench;
        var queue = await aws.NewQueueAsync();
        using var folder = new TempFolder();
        var log = Log(RunInstance(1), RunInstance(2));
        await aws.PutAsync(bucket, Key("eu-west-1", Now.AddMinutes(-9), "a"), Gzipped(log));
        await aws.SendMessageAsync(queue, $$"""{"version":"0","source":"aws.ec2","detail-type":"AWS API Call via CloudTrail","account":"{{Account}}","detail":{{RunInstance(1)}}}""");
        File.WriteAllBytes(folder["log.json"], log);

        await SourceBench.ReadAllAsync(bench.Reader(SourceBench.With(Source(bucket))));
        await SourceBench.ReadAllAsync(bench.Reader(SourceBench.With(new TrailSource.EventQueue { QueueUrl = queue, Region = "eu-west-1" })));
        await bench.Pipeline.Get<FolderSource>().TakeNewAsync(SourceBench.Tenant, folder.Path, TimeSpan.Zero, null, Stop);

        Assert.Equal([1, 2], await bench.ScoredAsync());
    }

    [Fact]
    public async Task Records_that_come_days_late_and_out_of_order_land_in_their_own_hours()
    {
        var (bench, bucket) = await StartAsync();
        await using var _ = bench;
        int[] hours = [150, 3, 71, 0, 166];
        for (var i = 0; i < hours.Length; i++)
        {
            await aws.PutAsync(bucket, Key("eu-west-1", Now.AddMinutes(i - 30), "x"), Gzipped(Log(RunInstance((hours[i] * 3600) + 1))));
        }

        await SourceBench.ReadAllAsync(bench.Reader(SourceBench.With(Source(bucket))));
        await bench.ScoredAsync();

        var events = await bench.Pipeline.CostEventsAsync(SourceBench.Tenant);
        Assert.Equal(hours.Order().Select(hour => TrailRecords.Start.AddHours(hour)), events.Select(e => new DateTimeOffset(e.Time.Year, e.Time.Month, e.Time.Day, e.Time.Hour, 0, 0, TimeSpan.Zero)));
        var spend = await bench.Pipeline.DocumentsAsync<Domain.Ledger.SpendHour>(SourceBench.Tenant);
        Assert.Superset(hours.Select(hour => TrailRecords.Start.AddHours(hour)).ToHashSet(), spend.Select(hour => hour.Hour).ToHashSet());
    }

    private async Task<(SourceBench Bench, string Bucket)> StartAsync()
    {
        var bench = await SourceBench.StartAsync(postgres, await aws.UrlAsync());
        await bench.Pipeline.StartAsync();
        return (bench, await aws.NewBucketAsync());
    }

    private static TrailSource.TrailBucket Source(string bucket) => new() { Bucket = bucket, Region = "eu-west-1" };

    private static string Key(string region, DateTimeOffset at, string random, string account = Account) =>
        $"AWSLogs/{account}/CloudTrail/{region}/{at:yyyy/MM/dd}/{account}_CloudTrail_{region}_{at:yyyyMMdd'T'HHmm}Z_{random}.json.gz";

    /// <summary>Looks until something is taken.</summary>
    private static async Task<SourceReading> Eventual(ITrailSource source)
    {
        var reading = new SourceReading(IntakeOutcome.None);
        await Eventually.TrueAsync(async () => (reading = await source.ReadAsync(Stop)).Taken.Taken > 0, "a file to be taken");
        return reading;
    }
}
