using DdocCost.Domain.Access;
using DdocCost.Domain.Sources;
using DdocCost.Domain.Zombies;
using Hangfire;
using Marten;

namespace DdocCost.Jobs.Zombies;

/// <summary>Where scans are asked for and stopped.</summary>
public sealed class HuntDesk(IDocumentStore store, IBackgroundJobClient jobs, TimeProvider clock)
{
    /// <summary>Asks for a scan. Where one of the account runs already, that one is answered.</summary>
    /// <param name="sight">What the asker sees.</param>
    /// <param name="connectionId">Id of the connected account.</param>
    /// <param name="scope">What to look at.</param>
    /// <param name="by">Who asks; <c>schedule</c> for nobody.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Id of the scan; null where the account is not connected, or not seen.</returns>
    public async Task<string?> AskAsync(Sight sight, string connectionId, HuntScope scope, string by, CancellationToken cancellationToken)
    {
        var tenant = sight.TenantId;
        await using var session = store.LightweightSession(tenant);
        if (await session.LoadAsync<ConnectedAccount>(connectionId, cancellationToken) is not { } account || !sight.Sees(account.AccountId))
            return null;
        if (await session.Query<HuntRun>().Where(run => run.ConnectionId == connectionId && run.State == HuntState.Running).FirstOrDefaultAsync(cancellationToken) is { } running)
        {
            // Should its job have been lost, this starts it again; a scan runs once at a time.
            jobs.Enqueue<HuntJob>(JobQueue.Hunt, job => job.RunAsync(tenant, running.Id, CancellationToken.None));
            return running.Id;
        }

        var now = clock.GetUtcNow();
        var run = new HuntRun
        {
            Id = FormattableString.Invariant($"{account.AccountId}-{now:yyyyMMddHHmmssfff}"),
            AccountId = account.AccountId,
            AccountName = account.Name,
            ConnectionId = account.Id,
            StartedAt = now,
            AskedBy = by,
            Scope = scope,
        };
        session.Store(run);
        await session.SaveChangesAsync(cancellationToken);
        jobs.Enqueue<HuntJob>(JobQueue.Hunt, job => job.RunAsync(tenant, run.Id, CancellationToken.None));
        return run.Id;
    }

    /// <summary>Asks a scan to stop at its next part. What it found so far stays.</summary>
    /// <returns>Whether there is such a scan, of an account that is seen.</returns>
    public async Task<bool> CancelAsync(Sight sight, string runId, string by, CancellationToken cancellationToken)
    {
        await using var session = store.LightweightSession(sight.TenantId);
        if (await session.LoadAsync<HuntRun>(runId, cancellationToken) is not { } run || !sight.Sees(run.AccountId))
            return false;
        session.Store(new HuntCancellation(runId, by));
        await session.SaveChangesAsync(cancellationToken);
        return true;
    }
}
