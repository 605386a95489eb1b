using System.Globalization;
using DdocCost.Domain.Audit;
using DdocCost.Domain.Backtest;
using DdocCost.Domain.Tuning;
using Hangfire;
using Marten;

namespace DdocCost.Jobs.Backtest;

/// <summary>Where people ask for backtests, watch and stop them.</summary>
public sealed class BacktestDesk(IDocumentStore store, IBackgroundJobClient jobs, TimeProvider time)
{
    /// <summary>Asks for one; it runs in the background.</summary>
    /// <param name="tenantId">Whose history.</param>
    /// <param name="tried">The rules to try beside those that hold.</param>
    /// <param name="history">How far back.</param>
    /// <param name="by">Who.</param>
    /// <param name="cancellationToken">Gives up before anything is written.</param>
    /// <returns>The run's id, or why it was refused.</returns>
    public async Task<(string? RunId, string? Problem)> AskAsync(
        string tenantId, IReadOnlyList<SensitivityRule> tried, TimeSpan history, Speaker by, CancellationToken cancellationToken)
    {
        if (DetectionSettings.Problem(tried) is { } problem)
        {
            return (null, problem);
        }

        await using var session = store.LightweightSession(tenantId);
        if (await session.Query<BacktestRun>().AnyAsync(known => known.State == BacktestState.Waiting || known.State == BacktestState.Running, cancellationToken))
        {
            return (null, "A backtest is running already. Wait for it, or stop it.");
        }

        var now = time.GetUtcNow();
        var settings = await session.LoadAsync<DetectionSettings>(DetectionSettings.TheId, cancellationToken) ?? DetectionSettings.None;
        var run = new BacktestRun
        {
            Id = now.UtcDateTime.ToString("yyyyMMddHHmmssfff", CultureInfo.InvariantCulture),
            By = by.Name, AskedAt = now, From = now - history, Now = settings.Rules, Tried = tried,
        };
        await ForgetOldAsync(session, now, cancellationToken);
        session.Insert(run);
        session.Insert(AuditEntry.Of(now, by.Name, by.Mouth, "backtest.ask", $"backtest/{run.Id}"));
        await session.SaveChangesAsync(cancellationToken);
        Start(tenantId, run.Id);
        return (run.Id, null);
    }

    /// <summary>Hands a run to the job server again, in case it was lost on the way; harmless where it was not.</summary>
    public void Start(string tenantId, string runId) => jobs.Enqueue<BacktestJob>(JobQueue.Upkeep, job => job.RunAsync(tenantId, runId, CancellationToken.None));

    /// <summary>Stops a run; what it has found so far is kept. One that nobody works on is over at once.</summary>
    public async Task StopAsync(string tenantId, string runId, Speaker by, CancellationToken cancellationToken)
    {
        await using var session = store.LightweightSession(tenantId);
        if (await session.LoadAsync<BacktestRun>(runId, cancellationToken) is not { IsOver: false } run)
        {
            return;
        }

        session.Store(new BacktestStop(runId));
        session.Insert(AuditEntry.Of(time.GetUtcNow(), by.Name, by.Mouth, "backtest.stop", $"backtest/{runId}"));
        if (run.State == BacktestState.Waiting || run.IsStuck(time.GetUtcNow()))
        {
            session.Store(run with { State = BacktestState.Cancelled, EndedAt = time.GetUtcNow() });
        }

        await session.SaveChangesAsync(cancellationToken);
    }

    private static async Task ForgetOldAsync(IDocumentSession session, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var runs = await session.Query<BacktestRun>().OrderByDescending(run => run.AskedAt).Select(run => new { run.Id, run.AskedAt }).ToListAsync(cancellationToken);
        foreach (var old in runs.Where((run, i) => i >= BacktestRun.MostKept - 1 || now - run.AskedAt > BacktestRun.Kept))
        {
            session.Delete<BacktestRun>(old.Id);
            session.Delete<BacktestStop>(old.Id);
        }
    }
}
