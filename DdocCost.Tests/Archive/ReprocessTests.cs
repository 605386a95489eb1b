using DdocCost.Domain.Anomalies;
using DdocCost.Domain.Audit;
using DdocCost.Domain.Ingestion;
using DdocCost.Domain.Ledger;
using DdocCost.Domain.Pricing;
using DdocCost.Domain.Reprocess;
using DdocCost.Jobs.Demo;
using DdocCost.Jobs.Demo.Incidents;
using DdocCost.Jobs.Reprocess;
using DdocCost.Tests.Support;
using Hangfire;
using Hangfire.Common;
using Hangfire.States;
using Marten;
using Microsoft.Extensions.DependencyInjection;
using static DdocCost.Tests.Support.TrailRecords;

namespace DdocCost.Tests.Archive;

/// <summary>What is read again from the archive is what was read the first time, unless catalogue or prices changed.</summary>
public sealed class ReprocessTests(PostgresServer postgres) : IDisposable
{
    private static readonly DateTimeOffset From = new(2026, 9, 7, 0, 0, 0, TimeSpan.Zero);
    private readonly TempFolder _folder = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Gives_what_the_live_pipeline_gave_whole_or_in_part_killed_and_gone_on_with_and_with_people_s_decisions()
    {
        var database = await postgres.NewDatabaseAsync();
        await using var pipeline = Pipeline(database);
        await ImportAsync(pipeline);
        await DecideAsync(pipeline);
        var live = await ContentAsync(database);
        Assert.True(live.Count(line => line.StartsWith("cost_events", StringComparison.Ordinal)) > 100);
        Assert.Contains(await pipeline.DocumentsAsync<AnomalyCase>("acme"), anomaly => anomaly.IsClosed);

        var whole = await RunAsync(pipeline, DateTimeOffset.MinValue, DateTimeOffset.MaxValue);

        Assert.Equal((ReprocessState.Done, 0L, 0L, 0L, 0L), (whole.State, whole.Result.Changed, whole.Result.Added, whole.Result.Removed, whole.Result.Kept));
        await AssertSameAsync(live, database);

        var part = await RunAsync(pipeline, From.AddHours(12), From.AddHours(30));
        Assert.InRange(part.Result.Events, 1, whole.Result.Events - 1);
        await AssertSameAsync(live, database);

        // Killed behind the second account: another process goes on.
        using var kill = new CancellationTokenSource();
        var id = (await AskAsync(pipeline, DateTimeOffset.MinValue, DateTimeOffset.MaxValue)).Id;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => pipeline.Get<ReprocessJob>().RunAsync("acme", id, run =>
        {
            if (run.AccountsDone == 2)
            {
                kill.Cancel();
            }
        }, kill.Token));
        await using var another = Pipeline(database);
        var again = await AskAsync(another, DateTimeOffset.MinValue, DateTimeOffset.MaxValue); // the same range: gone on with
        Assert.Equal((id, 2), (again.Id, again.AccountsDone));
        var ended = await another.Get<ReprocessJob>().RunAsync("acme", id, progress: null, Stop);
        Assert.Equal((ReprocessState.Done, whole.Result.Events, whole.Accounts), (ended!.State, ended.Result.Events, ended.AccountsDone));
        await AssertSameAsync(live, database);
    }

    [Fact]
    public async Task With_another_price_book_the_prices_change_and_nothing_else_of_the_events()
    {
        await using var pipeline = Pipeline(await postgres.NewDatabaseAsync());
        await pipeline.StartAsync();
        await pipeline.TakeAsync("acme", Delivery("a", Log(RunInstance(1), RunInstance(2), DescribeInstances(3))));
        await pipeline.DrainedAsync("acme");
        var before = await pipeline.CostEventsAsync("acme");
        var prices = new CurrentPrices();
        prices.Use(PriceBook.Refreshed(PriceBook.Embedded.Rows.Where(row => row.Product.StartsWith("m5.large", StringComparison.Ordinal)).Select(row => row with { Usd = row.Usd * 2 }), 1));

        await pipeline.Get<AccountReprocess>().RunAsync(new ReprocessScope("acme", "111122223333", DateTimeOffset.MinValue, DateTimeOffset.MaxValue), prices, () => Task.CompletedTask, Stop);

        var after = await pipeline.CostEventsAsync("acme");
        Assert.Equal(before.Select(e => e.Costed.UsdPerHour * 2), after.Select(e => e.Costed.UsdPerHour));
        Assert.Equal(before.Select(e => (e.Id, e.Time, e.CreatedAt)), after.Select(e => (e.Id, e.Time, e.CreatedAt)));
        Assert.Equivalent(before.Select(e => e.Costed.Event), after.Select(e => e.Costed.Event), strict: true);
        Assert.Equal(after.Sum(e => e.Costed.UsdPerHour), (await pipeline.DocumentsAsync<RunningResource>("acme")).Sum(resource => resource.UsdPerHour));
        Assert.Equal(after.Sum(e => e.Costed.UsdPerHour), (await pipeline.DocumentsAsync<SpendHour>("acme")).Sum(hour => hour.NetUsdPerHour));

        // The lane had the account in memory as it was; what comes next is scored on what is stored.
        await pipeline.TakeAsync("acme", Delivery("b", Log(RunInstance(4))));
        await pipeline.DrainedAsync("acme");
        Assert.Equal(3, (await pipeline.DocumentsAsync<RunningResource>("acme")).Count);
        Assert.Equal(0, await pipeline.ScalarAsync<long>("select count(*) from pipeline.dead_letters"));
        Assert.Equal((await pipeline.CostEventsAsync("acme")).Sum(e => e.Costed.UsdPerHour), (await pipeline.CostEventsAsync("acme"))[^1].Costed.ExposureAfterUsdPerHour);
    }

    [Fact]
    public async Task What_the_catalogue_has_learned_is_added_and_what_the_archive_has_lost_is_kept()
    {
        var database = await postgres.NewDatabaseAsync();
        await using (var ignorant = Pipeline(database))
        {
            await ignorant.StartAsync();
            await ignorant.TakeAsync("acme", Delivery("a", Log(RunInstance(1))), Delivery("b", Log(RunInstance(2))));
            await ignorant.DrainedAsync("acme");
            await ignorant.ScalarAsync<int>($"delete from mt_doc_cost_events where id = '{KeyOf(1)}'"); // as if nobody had understood it
        }

        await using var pipeline = Pipeline(database);
        var lost = await pipeline.ScalarAsync<string>("select archive_keys[1] from pipeline.deliveries where name = 'b'");
        File.Delete(_folder[$"archive/{lost}"]);

        var run = await RunAsync(pipeline, From.AddHours(-1), From.AddHours(1));

        Assert.Equal(new ReprocessResult(Events: 1, Changed: 0, Added: 1, Removed: 0, Kept: 1), run.Result);
        Assert.Equal([KeyOf(1), KeyOf(2)], (await pipeline.CostEventsAsync("acme")).Select(e => e.Id));
        Assert.Equal(2, (await pipeline.DocumentsAsync<RunningResource>("acme")).Count);
    }

    [Fact]
    public async Task Only_one_run_at_a_time_and_it_can_be_stopped()
    {
        await using var pipeline = Pipeline(await postgres.NewDatabaseAsync());
        var run = await AskAsync(pipeline, From, From.AddDays(1));
        var desk = pipeline.Get<ReprocessDesk>();

        Assert.Contains("read again already", (await desk.AskAsync("acme", null, From, From.AddDays(2), "ada", Stop)).Problem, StringComparison.Ordinal);
        Assert.Contains("ends before it begins", (await desk.AskAsync("acme", null, From, From, "ada", Stop)).Problem, StringComparison.Ordinal);
        await desk.StopAsync("acme", run.Id, "ada", Stop);

        Assert.Equal(ReprocessState.Stopped, Assert.Single(await pipeline.DocumentsAsync<ReprocessRun>("acme")).State);
        Assert.Null(await pipeline.Get<ReprocessJob>().RunAsync("acme", run.Id, progress: null, Stop));
    }

    private Pipeline Pipeline(string database) => new(
        database, _folder["archive"], services => services.AddReprocess().AddSingleton<IBackgroundJobClient, Nobody>());

    private async Task ImportAsync(Pipeline pipeline)
    {
        var simulation = new Simulation(seed: 5, From, noise: 0);
        foreach (var (i, incident) in IncidentCatalogue.All.Index())
        {
            simulation.Play(incident, From.AddHours(10 + i), i % 2 == 0 ? TimeSpan.FromHours(6) : null);
        }

        simulation.Write(_folder["trail"], From, From.AddDays(2), cancellationToken: Stop);
        var deliveries = Directory.EnumerateFiles(_folder["trail"], "*.json.gz", SearchOption.AllDirectories).OrderBy(Stamp, StringComparer.Ordinal)
            .Select(path => new Delivery(path, At(path), () => File.OpenRead(path))).ToArray();
        // Some come late, after what followed them.
        var late = deliveries.Where((_, i) => i % 9 == 0).ToHashSet();
        foreach (var some in deliveries.Where(delivery => !late.Contains(delivery)).Concat(late).Chunk(40))
        {
            await pipeline.TakeAsync("acme", some);
        }

        await pipeline.StartAsync();
        await pipeline.DrainedAsync("acme");
    }

    private static async Task DecideAsync(Pipeline pipeline)
    {
        var cases = (await pipeline.DocumentsAsync<AnomalyCase>("acme")).OrderBy(anomaly => anomaly.Id, StringComparer.Ordinal).ToList();
        var desk = pipeline.Get<CaseDesk>();
        CaseDecision[] decisions = [new CaseDecision.Acknowledge(), new CaseDecision.Wrong(), new CaseDecision.Expect(ExpectScope.Always), new CaseDecision.Snooze(DateTimeOffset.UtcNow.AddDays(2))];
        foreach (var (anomaly, decision) in cases.Zip(decisions))
        {
            Assert.IsType<DecisionOutcome.Done>(await desk.DecideAsync("acme", anomaly.Id, decision, "ada", Mouth.Page, Stop));
        }

        await pipeline.DrainedAsync("acme");
    }

    private static async Task<ReprocessRun> AskAsync(Pipeline pipeline, DateTimeOffset from, DateTimeOffset to) =>
        (await pipeline.Get<ReprocessDesk>().AskAsync("acme", null, from, to, "ada", Stop)).Run!;

    private static async Task<ReprocessRun> RunAsync(Pipeline pipeline, DateTimeOffset from, DateTimeOffset to) =>
        (await pipeline.Get<ReprocessJob>().RunAsync("acme", (await AskAsync(pipeline, from, to)).Id, progress: null, Stop))!;

    private Task<IReadOnlyList<string>> ContentAsync(string database) => StoredContent.ReadAsync(database, _folder["archive"]);

    private async Task AssertSameAsync(IReadOnlyList<string> expected, string database)
    {
        var actual = await ContentAsync(database);
        Assert.Equal([], expected.Except(actual).Take(3));
        Assert.Equal([], actual.Except(expected).Take(3));
        Assert.Equal(expected.Count, actual.Count);
    }

    // …_CloudTrail_eu-west-1_20260907T0100Z_….json.gz
    private static string Stamp(string path) => Path.GetFileName(path).Split('_')[3];

    private static DateTimeOffset At(string path) =>
        DateTimeOffset.ParseExact(Stamp(path), "yyyyMMdd'T'HHmm'Z'", System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.AssumeUniversal);

    private sealed class Nobody : IBackgroundJobClient
    {
        public string Create(Job job, IState state) => "";

        public bool ChangeState(string jobId, IState state, string expectedState) => false;
    }
}
