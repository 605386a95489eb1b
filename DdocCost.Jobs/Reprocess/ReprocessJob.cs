using DdocCost.Domain.Ingestion;
using DdocCost.Domain.Pricing;
using DdocCost.Domain.Pricing.Refresh;
using DdocCost.Domain.Reprocess;
using DdocCost.Domain.Storage;
using DdocCost.Jobs.Archive;
using Hangfire;
using Marten;
using Npgsql;

namespace DdocCost.Jobs.Reprocess;

/// <summary>
/// Reprocesses account after account. Killed anywhere, it goes on behind the last account it finished; an account is finished in one transaction.
/// Repeated after its end, it does nothing; the same range asked for again gives the same result.
/// </summary>
public sealed class ReprocessJob
{
    private const string Lock = "hashtextextended('reprocess/' || $1, 0)";

    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);

    private readonly NpgsqlDataSource _database;
    private readonly IDocumentStore _store;
    private readonly AccountReprocess _accounts;
    private readonly PriceStore _prices;
    private readonly TimeProvider _clock;
    private readonly ILogger<ReprocessJob> _log;

    internal ReprocessJob(
        NpgsqlDataSource database, IDocumentStore store, AccountReprocess accounts, PriceStore prices, TimeProvider clock, ILogger<ReprocessJob> log) =>
        (_database, _store, _accounts, _prices, _clock, _log) = (database, store, accounts, prices, clock, log);

    /// <summary>Runs it.</summary>
    [AutomaticRetry(Attempts = 3)]
    public Task RunAsync(string tenantId, string runId, CancellationToken cancellationToken) => RunAsync(tenantId, runId, progress: null, cancellationToken);

    /// <summary>Runs it, and tells of each step.</summary>
    /// <returns>The run as it stands then; null where it is over already, does not exist, or another process works on it.</returns>
    public async Task<ReprocessRun?> RunAsync(string tenantId, string runId, Action<ReprocessRun>? progress, CancellationToken cancellationToken)
    {
        await using var connection = await _database.OpenConnectionAsync(cancellationToken);
        if (!await connection.ScalarAsync<bool>($"select pg_try_advisory_lock({Lock})", cancellationToken, tenantId))
        {
            return null;
        }

        try
        {
            return await LoadAsync(tenantId, runId, cancellationToken) is { IsOver: false } run ? await RunAsync(tenantId, run, progress, cancellationToken) : null;
        }
        finally
        {
            // A killed process lets go with its session; a living one's session goes back to the pool.
            await connection.ExecuteAsync($"select pg_advisory_unlock({Lock})", CancellationToken.None, tenantId);
        }
    }

    private async Task<ReprocessRun> RunAsync(string tenantId, ReprocessRun run, Action<ReprocessRun>? progress, CancellationToken cancellationToken)
    {
        var keeper = new Keeper(this, tenantId, run with { State = ReprocessState.Running }, progress);
        try
        {
            await RunAsync(keeper, cancellationToken);
        }
        catch (StoppedException)
        {
            return keeper.Run;
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested && error is ArchiveUnavailableException or NpgsqlException)
        {
            await keeper.SaveAsync(keeper.Run with { Failure = error.Message }, CancellationToken.None);
            throw; // tried again
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            await keeper.SaveAsync(keeper.Run with { State = ReprocessState.Failed, Failure = error.Message, EndedAt = _clock.GetUtcNow() }, CancellationToken.None);
            throw;
        }

        return keeper.Run;
    }

    private async Task RunAsync(Keeper keeper, CancellationToken cancellationToken)
    {
        var (tenantId, run) = (keeper.TenantId, keeper.Run);
        var version = await _prices.VersionInUseAsync(cancellationToken);
        var prices = new CurrentPrices();
        prices.Use(await _prices.BookAsync(version, cancellationToken) ?? PriceBook.Embedded);
        var accounts = await AccountsAsync(tenantId, run.AccountId, cancellationToken);
        await keeper.SaveAsync(run with { Accounts = accounts.Count, PriceVersion = version, Failure = null }, cancellationToken);
        foreach (var accountId in accounts.Where(account => string.CompareOrdinal(account, run.LastAccount) > 0))
        {
            var result = await _accounts.RunAsync(new ReprocessScope(tenantId, accountId, run.From, run.To), prices, () => keeper.BeatAsync(cancellationToken), cancellationToken);
            ArchiveLog.Reprocessed(_log, run.Id, tenantId, accountId, result.Events);
            var now = keeper.Run;
            await keeper.SaveAsync(now with { LastAccount = accountId, AccountsDone = now.AccountsDone + 1, Result = now.Result.And(result) }, cancellationToken);
            if (await IsStoppedAsync(tenantId, run.Id, cancellationToken))
            {
                await keeper.SaveAsync(keeper.Run with { State = ReprocessState.Stopped, EndedAt = _clock.GetUtcNow() }, cancellationToken);
                return;
            }
        }

        await keeper.SaveAsync(keeper.Run with { State = ReprocessState.Done, EndedAt = _clock.GetUtcNow() }, cancellationToken);
    }

    private async Task<List<string>> AccountsAsync(string tenantId, string? accountId, CancellationToken cancellationToken)
    {
        await using var connection = await _database.OpenConnectionAsync(cancellationToken);
        return await connection.QueryAsync(
            "select account_id from pipeline.accounts where tenant_id = $1 and ($2 = '' or account_id = $2) order by account_id collate \"C\"",
            row => row.GetString(0), cancellationToken, tenantId, accountId ?? "");
    }

    private async Task<ReprocessRun?> LoadAsync(string tenantId, string runId, CancellationToken cancellationToken)
    {
        await using var session = _store.QuerySession(tenantId);
        return await session.LoadAsync<ReprocessRun>(runId, cancellationToken);
    }

    private async Task<bool> IsStoppedAsync(string tenantId, string runId, CancellationToken cancellationToken)
    {
        await using var session = _store.QuerySession(tenantId);
        return await session.LoadAsync<ReprocessStop>(runId, cancellationToken) is not null;
    }

    /// <summary>Keeps the run as it stands.</summary>
    private sealed class Keeper(ReprocessJob job, string tenantId, ReprocessRun run, Action<ReprocessRun>? progress)
    {
        private long _beatAt = job._clock.GetTimestamp();
        private long _objects;

        public string TenantId => tenantId;

        public ReprocessRun Run { get; private set; } = run;

        /// <summary>One step more; stored once a second.</summary>
        public async Task BeatAsync(CancellationToken cancellationToken)
        {
            _objects++;
            if (job._clock.GetElapsedTime(_beatAt) >= Beat)
            {
                await SaveAsync(Run, cancellationToken);
                if (await job.IsStoppedAsync(tenantId, Run.Id, cancellationToken))
                {
                    await SaveAsync(Run with { State = ReprocessState.Stopped, EndedAt = job._clock.GetUtcNow() }, cancellationToken);
                    throw new StoppedException();
                }
            }
        }

        public async Task SaveAsync(ReprocessRun changed, CancellationToken cancellationToken)
        {
            Run = changed with { SeenAt = job._clock.GetUtcNow(), StepsTaken = Run.StepsTaken + _objects };
            (_objects, _beatAt) = (0, job._clock.GetTimestamp());
            await using var session = job._store.LightweightSession(tenantId);
            session.Store(Run);
            await session.SaveChangesAsync(cancellationToken);
            progress?.Invoke(Run);
        }
    }

    private sealed class StoppedException : Exception;
}
