using DdocCost.Domain.Ingestion;
using DdocCost.Domain.Ledger;
using DdocCost.Domain.Pipeline;
using DdocCost.Domain.Scoring;
using DdocCost.Domain.Storage;
using DdocCost.Jobs.Scoring;
using DdocCost.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using static DdocCost.Tests.Support.TrailRecords;

namespace DdocCost.Tests.Jobs;

public sealed class LaneConsumerTests(PostgresServer postgres) : IDisposable
{
    private readonly TempFolder _folder = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Scores_what_was_taken_in_and_tells_of_it()
    {
        await using var pipeline = await PipelineAsync();
        await pipeline.StartAsync();

        await pipeline.TakeAsync("acme", Delivery("a", Log(RunInstance(1), DescribeInstances(2), RunInstance(3))));
        await pipeline.DrainedAsync("acme");

        Assert.Equal([KeyOf(1), KeyOf(3)], (await pipeline.CostEventsAsync("acme")).Select(e => e.Id));
        Assert.Equal(2, (await pipeline.DocumentsAsync<RunningResource>("acme")).Count);
        var progress = await pipeline.Get<IntakeStore>().ProgressAsync("acme", Stop);
        Assert.Equal((3L, 2L, 1L), (progress.Records, progress.CostBearing, progress.Free));
        var update = Assert.Single(pipeline.Live.Updates);
        Assert.Equal(("acme", "111122223333", 2), (update.TenantId, update.AccountId, update.CostEvents));
        Assert.Equal((await pipeline.DocumentsAsync<RunningResource>("acme")).Sum(resource => resource.UsdPerHour), update.ExposureUsdPerHour);
    }

    [Fact]
    public async Task The_same_record_in_several_deliveries_counts_once()
    {
        await using var pipeline = await PipelineAsync();
        await pipeline.TakeAsync("acme", Delivery("a", Log(RunInstance(1), RunInstance(2))), Delivery("b", Log(RunInstance(2), RunInstance(3))));
        await pipeline.StartAsync();
        await pipeline.DrainedAsync("acme");

        await pipeline.TakeAsync("acme", Delivery("c", Log(RunInstance(3), RunInstance(1), RunInstance(4))));
        await pipeline.DrainedAsync("acme");

        Assert.Equal([KeyOf(1), KeyOf(2), KeyOf(3), KeyOf(4)], (await pipeline.CostEventsAsync("acme")).Select(e => e.Id));
        var progress = await pipeline.Get<IntakeStore>().ProgressAsync("acme", Stop);
        Assert.Equal((7L, 4L, 3L), (progress.Records, progress.CostBearing, progress.Duplicates));
        Assert.Equal(4, (await pipeline.DocumentsAsync<SpendHour>("acme")).Sum(hour => hour.Events));
    }

    [Fact]
    public async Task Takes_an_account_up_where_another_process_left_it()
    {
        var database = await postgres.NewDatabaseAsync();
        await using (var first = Pipeline(database))
        {
            await first.StartAsync();
            await first.TakeAsync("acme", Delivery("a", Log(RunInstance(1))));
            await first.DrainedAsync("acme");
        }

        await using var second = Pipeline(database);
        await second.StartAsync();
        await second.TakeAsync("acme", Delivery("b", Log(RunInstance(2))));
        await second.DrainedAsync("acme");

        var exposure = (await second.CostEventsAsync("acme")).Select(e => e.Costed.ExposureAfterUsdPerHour).ToList();
        Assert.Equal(2, exposure.Count);
        Assert.Equal(exposure[0] * 2, exposure[1]);
    }

    [Fact]
    public async Task Keeps_tenants_apart_even_for_the_same_account_and_records()
    {
        await using var pipeline = await PipelineAsync();
        await pipeline.StartAsync();
        await pipeline.TakeAsync("one", Delivery("a", Log(RunInstance(1), RunInstance(2))));
        await pipeline.TakeAsync("two", Delivery("a", Log(RunInstance(1))));
        await pipeline.DrainedAsync("one");
        await pipeline.DrainedAsync("two");

        Assert.Equal(2, (await pipeline.CostEventsAsync("one")).Count);
        Assert.Equal([KeyOf(1)], (await pipeline.CostEventsAsync("two")).Select(e => e.Id));
        Assert.Single(await pipeline.DocumentsAsync<RunningResource>("two"));
    }

    [Fact]
    public async Task Gives_up_a_delivery_that_cannot_be_scored_marks_its_account_and_goes_on()
    {
        await using var pipeline = new Pipeline(await postgres.NewDatabaseAsync(), _folder["archive"], Support.Pipeline.WithoutHandOver);
        await pipeline.TakeAsync("acme", Delivery("a", Log(RunInstance(1))), Delivery("lost", Log(RunInstance(2), RunInstance(3))), Delivery("c", Log(RunInstance(4))));
        var key = await pipeline.ScalarAsync<string>("select archive_keys[1] from pipeline.deliveries where name = 'lost'");
        File.Delete(_folder[$"archive/{key}"]);

        await pipeline.StartAsync();
        await pipeline.DrainedAsync("acme");

        Assert.Equal([KeyOf(1), KeyOf(4)], (await pipeline.CostEventsAsync("acme")).Select(e => e.Id));
        Assert.Equal("lost", await pipeline.ScalarAsync<string>("select delivery from pipeline.dead_letters"));
        Assert.True(await pipeline.ScalarAsync<bool>("select gap_since is not null from pipeline.accounts"));
        Assert.Equal(2, (await pipeline.Get<IntakeStore>().ProgressAsync("acme", Stop)).Quarantined);
        Assert.Equal(1, await pipeline.ScalarAsync<long>("select sum(n)::bigint from (select count(*) n from pgmq.a_score_00 " +
            string.Concat(Enumerable.Range(1, 15).Select(lane => $"union all select count(*) from pgmq.a_score_{lane:00} ")) + ") archived"));
    }

    [Fact]
    public async Task Gives_up_a_delivery_that_kills_whoever_reads_it()
    {
        await using var pipeline = await PipelineAsync();
        await pipeline.TakeAsync("acme", Delivery("killer", Log(RunInstance(1))), Delivery("b", Log(RunInstance(2))));
        // As if twenty processes had died over it.
        await ForEachLaneAsync(pipeline, "update pgmq.q_{0} set read_ct = 20 where message ->> 'name' = 'killer'");

        await pipeline.StartAsync();
        await pipeline.DrainedAsync("acme");

        Assert.Equal("killer", await pipeline.ScalarAsync<string>("select delivery from pipeline.dead_letters"));
        Assert.Equal([KeyOf(2)], (await pipeline.CostEventsAsync("acme")).Select(e => e.Id));
    }

    [Fact]
    public async Task Waits_out_an_archive_that_cannot_be_read_for_a_while()
    {
        var database = await postgres.NewDatabaseAsync();
        var outage = new Outage(new FolderArchive(_folder["archive"]), failures: 12);
        await using var pipeline = new Pipeline(database, _folder["archive"], services =>
        {
            Support.Pipeline.WithoutHandOver(services);
            services.AddSingleton<IRawArchive>(outage);
        });
        await pipeline.TakeAsync("acme", Delivery("a", Log(RunInstance(1))));

        await pipeline.StartAsync();
        await pipeline.DrainedAsync("acme");

        Assert.Equal(0, outage.Left);
        Assert.Equal([KeyOf(1)], (await pipeline.CostEventsAsync("acme")).Select(e => e.Id));
        Assert.Equal(0, await pipeline.ScalarAsync<long>("select count(*) from pipeline.dead_letters"));
    }

    [Fact]
    public async Task A_record_that_the_pipeline_fails_on_is_set_aside_and_the_rest_goes_on_as_if_it_were_not_there()
    {
        TakeEvent failing = (state, e, now) =>
            AccountPipeline.Take(state, e, now) is var taken && e.Key == KeyOf(2) ? throw new OverflowException("too much") : taken;
        await using var pipeline = new Pipeline(await postgres.NewDatabaseAsync(), _folder["archive"], services => services.AddSingleton(failing));
        await pipeline.TakeAsync("acme", Delivery("a", Log(RunInstance(1), RunInstance(2), RunInstance(3))), Delivery("b", Log(RunInstance(4))));

        await pipeline.StartAsync();
        await pipeline.DrainedAsync("acme");

        var events = await pipeline.CostEventsAsync("acme");
        Assert.Equal([KeyOf(1), KeyOf(3), KeyOf(4)], events.Select(e => e.Id));
        Assert.Equal(events[0].Costed.ExposureAfterUsdPerHour * 3, events[2].Costed.ExposureAfterUsdPerHour);
        var piece = Assert.Single(await pipeline.DocumentsAsync<QuarantinedRecord>("acme"));
        Assert.Equal(("a", 1L, "could not be scored: too much"), (piece.Rejected.Delivery, piece.Rejected.Position, piece.Rejected.Reason));
        Assert.Equal(0, await pipeline.ScalarAsync<long>("select count(*) from pipeline.dead_letters"));
    }

    [Fact]
    public async Task Stores_a_record_with_NUL_characters()
    {
        await using var pipeline = await PipelineAsync();
        await pipeline.StartAsync();

        var record = RunInstance(1).Replace("aws-cli", @"a\u0000b\\u0000c", StringComparison.Ordinal).Replace("i-0000", @"i-\u0000", StringComparison.Ordinal);
        await pipeline.TakeAsync("acme", Delivery("a", Log(record)));
        await pipeline.DrainedAsync("acme");

        var e = Assert.Single(await pipeline.CostEventsAsync("acme"));
        Assert.Equal("a\uFFFDb\\u0000c", e.Costed.Event.UserAgent);
    }

    [Fact]
    public async Task Many_accounts_pass_through_a_small_memory()
    {
        await using var pipeline = new Pipeline(await postgres.NewDatabaseAsync(), _folder["archive"],
            services => services.Configure<ScoringOptions>(options => (options.AccountsInMemory, options.MessagesPerRead) = (1, 2)));
        await pipeline.StartAsync();
        var accounts = Enumerable.Range(0, 40).Select(i => $"{i:000000000000}").ToArray();

        for (var round = 0; round < 3; round++)
        {
            await pipeline.TakeAsync("acme", [.. accounts.Index().Select(account => Delivery(account.Item, Log(RunInstance(1 + round * 40 + account.Index, account.Item))))]);
        }

        await pipeline.DrainedAsync("acme");

        await AssertInOrderAsync(pipeline, accounts, rounds: 3);
    }

    [Fact]
    public async Task Nothing_is_lost_doubled_or_out_of_order_while_consumers_lose_their_connections()
    {
        var database = await postgres.NewDatabaseAsync();
        var accounts = Enumerable.Range(0, 20).Select(i => $"{i:000000000000}").ToArray();
        const int Rounds = 30;
        await using var one = Pipeline(database);
        await using var two = Pipeline(database);
        await using var three = Pipeline(database);
        await Task.WhenAll(one.StartAsync(), two.StartAsync(), three.StartAsync());

        var sending = Task.Run(async () =>
        {
            for (var round = 0; round < Rounds; round++)
            {
                await one.TakeAsync("acme", [.. accounts.Index().Select(account => Delivery($"{account.Item}/{round}", Log(RunInstance(1 + round * 20 + account.Index, account.Item))))]);
            }
        }, Stop);
        var cut = await LaneCuts.UntilScoredAsync(one, sending, each: 15, Stop);

        Assert.True(cut > 10, $"only {cut} connections were cut");
        await AssertInOrderAsync(one, accounts, Rounds);
        Assert.Equal(accounts.Length * Rounds, (await one.DocumentsAsync<SpendHour>("acme")).Sum(hour => hour.Events));
        Assert.Equal(0, await one.ScalarAsync<long>("select count(*) from pipeline.dead_letters"));
    }

    /// <summary>Every event is there once, and each saw exactly those of its account that came before it.</summary>
    private static async Task AssertInOrderAsync(Pipeline pipeline, string[] accounts, int rounds)
    {
        var events = await pipeline.CostEventsAsync("acme");
        Assert.Equal(Enumerable.Range(1, accounts.Length * rounds).Select(KeyOf), events.Select(e => e.Id));
        var price = events[0].Costed.ExposureAfterUsdPerHour;
        Assert.True(price > 0);
        foreach (var account in events.GroupBy(e => e.AccountId))
        {
            Assert.Equal(Enumerable.Range(1, rounds).Select(n => n * price), account.Select(e => e.Costed.ExposureAfterUsdPerHour));
        }
    }

    private static async Task ForEachLaneAsync(Pipeline pipeline, string sql)
    {
        await using var connection = await pipeline.Get<NpgsqlDataSource>().OpenConnectionAsync(Stop);
        for (var lane = 0; lane < Domain.Queue.Lanes.Count; lane++)
        {
            await connection.ExecuteAsync(sql.Replace("{0}", Domain.Queue.Lanes.QueueOf(lane), StringComparison.Ordinal), Stop);
        }
    }

    private async Task<Pipeline> PipelineAsync() => Pipeline(await postgres.NewDatabaseAsync());

    private Pipeline Pipeline(string database) => new(database, _folder["archive"]);

    /// <summary>An archive that fails to open so many times.</summary>
    private sealed class Outage(IRawArchive archive, int failures) : IRawArchive
    {
        private int _failures = failures;

        public int Left => Math.Max(0, _failures);

        public ArchiveDraft Begin() => archive.Begin();

        public Task StoreAsync(IReadOnlyCollection<ArchiveObject> objects, CancellationToken cancellationToken) => archive.StoreAsync(objects, cancellationToken);

        public Task<Stream> OpenAsync(string key, CancellationToken cancellationToken) =>
            Interlocked.Decrement(ref _failures) >= 0 ? throw new IOException("the disk is away") : archive.OpenAsync(key, cancellationToken);
    }
}
