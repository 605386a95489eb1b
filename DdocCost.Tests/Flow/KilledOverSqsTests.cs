using DdocCost.Tests.Support;
using static DdocCost.Tests.Support.TrailRecords;

namespace DdocCost.Tests.Flow;

/// <summary>The pipeline over SQS FIFO in a process of its own that is killed again and again: intake, relay and scoring, wherever they are.</summary>
public sealed class KilledOverSqsTests(PostgresServer postgres, RedisServer redis, AwsServer aws, ITestOutputHelper output)
{
    private const int Kills = 3, Files = 30, Accounts = 12;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nothing_is_lost_doubled_or_out_of_order()
    {
        using var folder = new TempFolder();
        WriteTrail(folder["trail"]);
        var database = await postgres.NewDatabaseAsync();
        Dictionary<string, string> settings = new()
        {
            ["ConnectionStrings:Postgres"] = database, ["ConnectionStrings:Redis"] = await redis.AddressAsync(), ["Data:Folder"] = folder["data"], ["Jobs:MigrateAtStart"] = "false",
            ["Queue:Kind"] = "Sqs", ["Queue:Sqs:Url"] = "http://127.0.0.1/000000000000/killed", ["Queue:Sqs:AccessKeyId"] = "test", ["Queue:Sqs:SecretKey"] = "test",
            ["Queue:Sqs:Region"] = "eu-west-1", ["Queue:Sqs:Wait"] = "00:00:01", ["AWS_ENDPOINT_URL"] = await aws.UrlAsync(),
            // What a killed process had in hand comes again soon, and there are many places to be killed at.
            ["Scoring:Hide"] = "00:00:10", ["Scoring:MessagesPerRead"] = "10", ["Scoring:EventsPerTransaction"] = "3",
        };
        AppProcess Import() => AppProcess.Start("DdocCost.App", settings, "import", folder["trail"], "--tenant", "acme");
        await using var stored = new Pipeline(database, folder["data/archive"]);
        async Task<long> StepsAsync() => await stored.ScalarAsync<long>(
            "select (select count(*) from pipeline.source_files) + (select coalesce(sum(applied_seq), 0)::bigint from pipeline.accounts)");

        var random = new Random(Environment.TickCount);
        const int Steps = Files + (Files * Accounts);
        var hit = new List<long>();
        foreach (var kill in Enumerable.Range(0, Kills).Select(_ => random.Next(0, Steps * 4 / 5)).Order())
        {
            using var import = Import();
            await Eventually.TrueAsync(async () => import.HasExited || await StepsAsync() >= kill, $"{kill} steps");
            await Task.Delay(random.Next(20), Stop);
            if (!import.HasExited)
            {
                await import.KillAsync();
                hit.Add(await StepsAsync());
            }
        }

        using (var last = Import())
        {
            Assert.True(await last.ExitAsync(Stop) == 0, last.Output);
        }

        output.WriteLine($"killed at steps {string.Join(", ", hit)} of {await StepsAsync()}");
        Assert.InRange(hit.Count, 1, Kills);
        var events = await stored.CostEventsAsync("acme");
        Assert.Equal(Enumerable.Range(1, Files * Accounts).Select(KeyOf), events.Select(e => e.Id));
        Assert.All(events.GroupBy(e => e.AccountId), account => Assert.Equal(
            Enumerable.Range(1, Files).Select(n => n * events[0].Costed.ExposureAfterUsdPerHour), account.Select(e => e.Costed.ExposureAfterUsdPerHour)));
        Assert.Equal(0, await stored.ScalarAsync<long>("select count(*) from pipeline.dead_letters"));
        Assert.Equal(0, await stored.ScalarAsync<long>("select count(*) from pipeline.sqs_messages"));
    }

    /// <summary>Files with one record of each account.</summary>
    private static void WriteTrail(string trail)
    {
        Directory.CreateDirectory(trail);
        for (var file = 0; file < Files; file++)
        {
            var first = (file * Accounts) + 1;
            File.WriteAllBytes(
                Path.Combine(trail, $"o_CloudTrail_eu-west-1_{Start.AddMinutes(file):yyyyMMdd'T'HHmm}Z_x.json"),
                Log([.. Enumerable.Range(0, Accounts).Select(account => RunInstance(first + account, $"{account:000000000000}"))]));
        }
    }
}
