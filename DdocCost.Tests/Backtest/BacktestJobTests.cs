using DdocCost.Domain.Backtest;
using DdocCost.Domain.Scoring;
using DdocCost.Domain.Tuning;
using DdocCost.Jobs.Backtest;
using DdocCost.Tests.Scoring;
using DdocCost.Tests.Support;
using Hangfire;
using Hangfire.Common;
using Hangfire.States;
using Marten;
using Microsoft.Extensions.Time.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace DdocCost.Tests.Backtest;

/// <summary>A backtest in the background, on a real database: watched, stopped, interrupted, repeated.</summary>
public sealed class BacktestJobTests(PostgresServer postgres) : IDisposable
{
    private const int Accounts = 4;
    private const int EventsEach = 1_500; // more than a page, many within one second
    private static readonly TimeSpan Everything = TimeSpan.FromDays(36_500);
    private readonly TempFolder _folder = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Goes_through_the_whole_history_once_and_then_does_nothing_more()
    {
        await using var pipeline = await PipelineAsync();

        var run = await AskAndRunAsync(pipeline);
        var again = await RunAsync(pipeline, run.Id);

        Assert.Equal((BacktestState.Done, Accounts * EventsEach, (long?)Accounts * EventsEach), (run.State, run.EventsDone, run.EventsTotal));
        Assert.Equal(Accounts, run.Result.Now.Cases);
        Assert.Equal((Accounts, 0), (run.Result.OnlyNowCount, run.Result.Tried.Cases));
        Assert.Equal(run.EndedAt, again.EndedAt);
    }

    [Fact]
    public async Task Interrupted_between_accounts_or_within_one_it_comes_to_the_same_result()
    {
        await using var pipeline = await PipelineAsync();
        var expected = await AskAndRunAsync(pipeline);
        var (id, _) = await AskAsync(pipeline);

        for (var finished = 0; ; finished++)
        {
            using var killed = CancellationTokenSource.CreateLinkedTokenSource(Stop);
            var running = Job(pipeline).RunAsync("t", id!, killed.Token);
            await Eventually.TrueAsync(async () => running.IsCompleted || (await RunOfAsync(pipeline, id!)).EventsOfFinished > finished * EventsEach, "an account");
            await killed.CancelAsync();
            await running.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            if ((await RunOfAsync(pipeline, id!)).IsOver)
            {
                break;
            }
        }

        var run = await RunOfAsync(pipeline, id!);
        Assert.Equal(expected.State, run.State);
        Assert.Equivalent(expected.Result, run.Result, strict: true);
    }

    [Fact]
    public async Task A_run_that_nobody_has_begun_is_stopped_at_once_and_stays_so()
    {
        await using var pipeline = await PipelineAsync();
        var (id, _) = await AskAsync(pipeline);

        await Desk(pipeline).StopAsync("t", id!, "alice", Stop);

        Assert.Equal((BacktestState.Cancelled, 0L), (await RunAsync(pipeline, id!)) is var run ? (run.State, run.EventsDone) : default);
    }

    [Fact]
    public async Task A_run_that_is_under_way_stops_and_keeps_what_it_found()
    {
        await using var pipeline = await PipelineAsync();
        var (id, _) = await AskAsync(pipeline);
        await using (var session = pipeline.Get<IDocumentStore>().LightweightSession("t"))
        {
            session.Store(new BacktestStop(id!));
            await session.SaveChangesAsync(Stop);
        }

        // The clock stands still: it looks after each account, not after each second, however slow the machine is.
        await Job(pipeline, new FakeTimeProvider()).RunAsync("t", id!, Stop);

        var run = await RunOfAsync(pipeline, id!);
        Assert.Equal((BacktestState.Cancelled, 1), (run.State, run.Result.Now.Cases));
        Assert.Null((await AskAsync(pipeline)).Problem);
    }

    [Fact]
    public async Task Only_one_runs_at_a_time_and_tenants_do_not_see_each_others()
    {
        await using var pipeline = await PipelineAsync();
        await AskAsync(pipeline);

        Assert.Contains("running already", (await AskAsync(pipeline)).Problem, StringComparison.Ordinal);
        var (other, _) = await Desk(pipeline).AskAsync("another", [], Everything, "mallory", Stop);
        await Job(pipeline).RunAsync("another", other!, Stop);
        await using var session = pipeline.Get<IDocumentStore>().QuerySession("another");
        Assert.Equal((BacktestState.Done, 0L), (await session.LoadAsync<BacktestRun>(other!, Stop)) is { } run ? (run.State, run.EventsDone) : default);
    }

    [Fact]
    public async Task Rules_that_make_no_sense_are_refused()
    {
        await using var pipeline = await PipelineAsync();

        Assert.NotNull((await Desk(pipeline).AskAsync("t", [new SensitivityRule(null, null, new Sensitivity(-1, Eagerness.Quiet))], Everything, "alice", Stop)).Problem);
    }

    private static BacktestDesk Desk(Pipeline pipeline) => new(pipeline.Get<IDocumentStore>(), new NoJobs(), TimeProvider.System);

    private static BacktestJob Job(Pipeline pipeline, TimeProvider? time = null) => new(
        pipeline.Get<IDocumentStore>(), new BacktestHistory(pipeline.Get<Npgsql.NpgsqlDataSource>(), pipeline.Get<IDocumentStore>()), time ?? TimeProvider.System);

    private static Task<(string? RunId, string? Problem)> AskAsync(Pipeline pipeline) =>
        Desk(pipeline).AskAsync("t", [new SensitivityRule(null, null, new Sensitivity(50_000, Eagerness.Quiet))], Everything, "alice", Stop);

    private static async Task<BacktestRun> AskAndRunAsync(Pipeline pipeline) => await RunAsync(pipeline, (await AskAsync(pipeline)).RunId!);

    private static async Task<BacktestRun> RunAsync(Pipeline pipeline, string id)
    {
        await Job(pipeline).RunAsync("t", id, Stop);
        return await RunOfAsync(pipeline, id);
    }

    private static async Task<BacktestRun> RunOfAsync(Pipeline pipeline, string id)
    {
        await using var session = pipeline.Get<IDocumentStore>().QuerySession("t");
        return (await session.LoadAsync<BacktestRun>(id, Stop))!;
    }

    private async Task<Pipeline> PipelineAsync()
    {
        var pipeline = new Pipeline(await postgres.NewDatabaseAsync(), _folder["archive"]);
        await pipeline.Get<IDocumentStore>().BulkInsertAsync("t", Enumerable.Range(0, Accounts).SelectMany(Events).ToList(), cancellation: Stop);
        return pipeline;
    }

    /// <summary>Ten ordinary launches an hour, all within a second, and at the end one that is not.</summary>
    private static IEnumerable<CostEvent> Events(int account) => Enumerable.Range(0, EventsEach).Select(i =>
    {
        var costed = new Happening
        {
            Id = $"{account}/{i}", Time = Happening.Monday.AddHours(i / 10), UsdPerHour = i == EventsEach - 1 ? 500 : 0.001m,
        }.ToCostedEvent();
        var accountId = $"{account:000000000000}";
        return new CostEvent
        {
            Id = costed.Event.Key, AccountId = accountId, Time = costed.Event.Time, CreatedAt = costed.Event.Time, Severity = Severity.None,
            Costed = costed with { Event = costed.Event with { AccountId = accountId } }, Verdict = Verdict.Quiet,
        };
    });

    /// <summary>A job server that loses what it is handed: each test runs the job itself.</summary>
    private sealed class NoJobs : IBackgroundJobClient
    {
        public string Create(Job job, IState state) => "1";

        public bool ChangeState(string jobId, IState state, string expectedState) => true;
    }
}
