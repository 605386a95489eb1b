using DdocCost.Domain.Storage;
using DdocCost.Jobs.Demo;
using DdocCost.Tests.Support;
using Npgsql;

namespace DdocCost.Tests.Flow;

/// <summary>An import that is killed again and again ends as one that was left alone: with real processes, PostgreSQL and Redis.</summary>
public sealed class KilledImportTests(PostgresServer postgres, RedisServer redis, ITestOutputHelper output)
{
    private const int Kills = 10;
    private static readonly string[] MustHave = ["cost_events", "baselines", "anomaly_cases", "running_resources", "spend_hours", "quarantined_records", "archive"];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Ends_with_the_same_content_as_an_import_that_was_left_alone()
    {
        using var folder = new TempFolder();
        var trail = folder["trail"];
        WriteTrail(trail);
        await using var undisturbed = await InstallationAsync(folder["undisturbed"]);
        await using var killed = await InstallationAsync(folder["killed"]);

        await undisturbed.ImportAsync(trail);
        var steps = await undisturbed.StepsAsync();
        // Where to kill is drawn anew each run, from nearly all of the work: taking in and scoring.
        var seed = Environment.TickCount;
        var random = new Random(seed);
        var kills = Enumerable.Range(0, Kills).Select(_ => random.NextInt64(0, steps * 4 / 5)).Order().ToList();
        output.WriteLine($"{steps} steps, killed at {string.Join(", ", kills)} (seed {seed})");
        var hit = 0;
        foreach (var kill in kills)
        {
            hit += await killed.KillImportAtAsync(trail, kill, TimeSpan.FromMilliseconds(random.Next(20))) ? 1 : 0;
        }

        await killed.ImportAsync(trail);

        var (expected, actual) = (await undisturbed.ContentAsync(), await killed.ContentAsync());
        output.WriteLine($"{hit} kills hit a running import; {StoredContent.Summary(expected)}");
        Assert.Equal(Kills, hit);
        Assert.Equal([], expected.Except(actual).Take(3));
        Assert.Equal([], actual.Except(expected).Take(3));
        Assert.Equal(expected.Count, actual.Count);
        Assert.True(await undisturbed.StepsAsync() > 500 && MustHave.All(kind => expected.Any(line => line.StartsWith(kind, StringComparison.Ordinal))));
    }

    [Fact]
    public async Task Ends_soon_when_interrupted_and_goes_on_when_repeated()
    {
        using var folder = new TempFolder();
        WriteTrail(folder["trail"]);
        await using var installation = await InstallationAsync(folder["data"]);

        Assert.Equal(130, await installation.InterruptImportAtAsync(folder["trail"], steps: 40));
        await installation.ImportAsync(folder["trail"]);

        Assert.Equal(0, await installation.BacklogAsync());
    }

    /// <summary>A week of ordinary life, then incidents, and what goes wrong with files.</summary>
    private static void WriteTrail(string trail)
    {
        SimulatedCorpus.Write(
            trail, seed: 11, new DateTimeOffset(2026, 9, 7, 0, 0, 0, TimeSpan.Zero), days: 9, incidents: 12, noise: 0.3, cancellationToken: Stop);
        var files = Directory.GetFiles(trail, "*.json.gz", SearchOption.AllDirectories).Order(StringComparer.Ordinal).ToList();
        var odd = Directory.CreateDirectory(Path.Combine(trail, "AWSLogs", "odd")).FullName;
        File.Copy(files[10], Path.Combine(odd, "delivered-again.json.gz"));
        File.WriteAllBytes(Path.Combine(odd, "cut.json.gz"), File.ReadAllBytes(files[20])[..^20]);
        File.WriteAllText(Path.Combine(odd, "no-trail.json"), "no trail at all");
        File.WriteAllBytes(Path.Combine(odd, "mixed.json"), TrailRecords.Log(
            TrailRecords.RunInstance(1, "111111111111"), TrailRecords.RunInstance(2, "222222222222"), TrailRecords.RunInstance(3, "111111111111")));
    }

    private async Task<Installation> InstallationAsync(string folder) =>
        new(await postgres.NewDatabaseAsync(), await redis.AddressAsync(), folder);

    private sealed class Installation(string database, string redis, string folder) : IAsyncDisposable
    {
        private readonly NpgsqlDataSource _database = NpgsqlDataSource.Create(database);

        private readonly Dictionary<string, string> _configuration = new()
        {
            ["ConnectionStrings:Postgres"] = database,
            ["ConnectionStrings:Redis"] = redis,
            ["Data:Folder"] = folder,
            ["Jobs:MigrateAtStart"] = "false",
            // Small steps, so that there are many places to be killed at.
            ["Scoring:MessagesPerRead"] = "20",
            ["Scoring:EventsPerTransaction"] = "10",
        };

        public async Task ImportAsync(string trail)
        {
            using var import = AppProcess.Start("DdocCost.App", _configuration, "import", trail, "--tenant", "acme");
            Assert.True(await import.ExitAsync(Stop) == 0, import.Output);
        }

        /// <summary>Imports until so many steps are done in all and a little longer, into the middle of the next one, then kills.</summary>
        /// <returns>Whether there was anything left to kill.</returns>
        public async Task<bool> KillImportAtAsync(string trail, long steps, TimeSpan longer)
        {
            using var import = AppProcess.Start("DdocCost.App", _configuration, "import", trail, "--tenant", "acme");
            while (await StepsAsync() < steps)
            {
                Assert.False(import.HasExited && await StepsAsync() < steps, import.Output);
                Stop.ThrowIfCancellationRequested();
            }

            await Task.Delay(longer, Stop);
            var running = !import.HasExited;
            await import.KillAsync();
            return running;
        }

        /// <summary>Imports until so many steps are done, then presses Ctrl-C.</summary>
        /// <returns>The exit code.</returns>
        public async Task<int> InterruptImportAtAsync(string trail, long steps)
        {
            using var import = AppProcess.Start("DdocCost.App", _configuration, "import", trail, "--tenant", "acme");
            await Eventually.TrueAsync(async () => import.HasExited || await StepsAsync() >= steps, "some steps of the import");
            import.Interrupt();
            return await import.ExitAsync(Stop).WaitAsync(TimeSpan.FromSeconds(60), Stop);
        }

        /// <summary>Parts of deliveries that are not scored.</summary>
        public async Task<long> BacklogAsync()
        {
            await using var connection = await _database.OpenConnectionAsync(Stop);
            return await connection.ScalarAsync<long>("select sum(sent_seq - applied_seq)::bigint from pipeline.accounts", Stop);
        }

        /// <summary>How far it is: files taken in, and parts of them scored.</summary>
        public async Task<long> StepsAsync()
        {
            await using var connection = await _database.OpenConnectionAsync(Stop);
            return await connection.ScalarAsync<long>(
                "select (select count(*) from pipeline.source_files) + (select coalesce(sum(applied_seq), 0)::bigint from pipeline.accounts)", Stop);
        }

        public Task<IReadOnlyList<string>> ContentAsync() => StoredContent.ReadAsync(database, Path.Combine(folder, "archive"));

        public ValueTask DisposeAsync() => _database.DisposeAsync();
    }
}
