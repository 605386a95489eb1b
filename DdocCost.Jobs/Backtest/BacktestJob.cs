using DdocCost.Domain.Anomalies;
using DdocCost.Domain.Backtest;
using DdocCost.Domain.Tuning;
using Hangfire;
using Marten;

namespace DdocCost.Jobs.Backtest;

/// <summary>
/// Runs a backtest, account by account. Interrupted anywhere, it goes on behind the last account it finished; repeated after its end, it does
/// nothing.
/// </summary>
public sealed class BacktestJob(IDocumentStore store, BacktestHistory history, TimeProvider time)
{
    /// <summary>How often progress is stored and a wish to stop is looked for.</summary>
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);

    /// <summary>Runs it.</summary>
    [AutomaticRetry(Attempts = 3)]
    public async Task RunAsync(string tenantId, string runId, CancellationToken cancellationToken)
    {
        await using var session = store.LightweightSession(tenantId);
        if (await session.LoadAsync<BacktestRun>(runId, cancellationToken) is not { IsOver: false } run)
        {
            return;
        }

        try
        {
            run = await RunAsync(tenantId, run, cancellationToken);
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested && error is not Npgsql.NpgsqlException { IsTransient: true })
        {
            await SaveAsync(tenantId, run with { State = BacktestState.Failed, Failure = error.Message, EndedAt = time.GetUtcNow() }, CancellationToken.None);
            throw;
        }

        await SaveAsync(tenantId, run with { EndedAt = time.GetUtcNow() }, cancellationToken);
    }

    private async Task<BacktestRun> RunAsync(string tenantId, BacktestRun run, CancellationToken cancellationToken)
    {
        var accounts = await history.AccountsAsync(tenantId, run.From, cancellationToken);
        run = run with { State = BacktestState.Running, EventsTotal = accounts.Sum(account => account.Events), EventsDone = run.EventsOfFinished };
        var (now, tried) = (new DetectionSettings { Rules = run.Now }, new DetectionSettings { Rules = run.Tried });
        var expectations = await ExpectationsAsync(tenantId, cancellationToken);
        var beat = time.GetTimestamp();
        foreach (var (accountId, _) in accounts.Where(account => string.CompareOrdinal(account.AccountId, run.LastAccount) > 0))
        {
            var expected = expectations[accountId].ToList();
            var account = new BacktestAccount(accountId, new AccountRules(accountId, now, expected), new AccountRules(accountId, tried, expected));
            var done = 0;
            await foreach (var e in history.EventsAsync(tenantId, accountId, run.From, cancellationToken))
            {
                account.Take(e.Costed);
                if (++done % 100 == 0 && time.GetElapsedTime(beat) >= Beat)
                {
                    beat = time.GetTimestamp();
                    await SaveAsync(tenantId, run with { EventsDone = run.EventsOfFinished + done }, cancellationToken);
                    if (await IsStoppedAsync(tenantId, run.Id, cancellationToken))
                    {
                        return run with { State = BacktestState.Cancelled };
                    }
                }
            }

            run = run with
            {
                LastAccount = accountId, EventsOfFinished = run.EventsOfFinished + done, EventsDone = run.EventsOfFinished + done,
                Result = run.Result.And(account.Finish()),
            };
            await SaveAsync(tenantId, run, cancellationToken);
            if (await IsStoppedAsync(tenantId, run.Id, cancellationToken))
            {
                return run with { State = BacktestState.Cancelled };
            }
        }

        return run with { State = BacktestState.Done };
    }

    private async Task<ILookup<string, StandingExpectation>> ExpectationsAsync(string tenantId, CancellationToken cancellationToken)
    {
        await using var session = store.QuerySession(tenantId);
        var all = await session.Query<StandingExpectation>().ToListAsync(cancellationToken);
        return all.OrderBy(expectation => expectation.Id, StringComparer.Ordinal).ToLookup(expectation => expectation.AccountId);
    }

    private async Task<bool> IsStoppedAsync(string tenantId, string runId, CancellationToken cancellationToken)
    {
        await using var session = store.QuerySession(tenantId);
        return await session.LoadAsync<BacktestStop>(runId, cancellationToken) is not null;
    }

    private async Task SaveAsync(string tenantId, BacktestRun run, CancellationToken cancellationToken)
    {
        await using var session = store.LightweightSession(tenantId);
        session.Store(run with { SeenAt = time.GetUtcNow() });
        await session.SaveChangesAsync(cancellationToken);
    }
}
