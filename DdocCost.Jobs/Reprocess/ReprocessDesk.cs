using System.Globalization;
using DdocCost.Domain.Audit;
using DdocCost.Domain.Reprocess;
using Hangfire;
using Marten;

namespace DdocCost.Jobs.Reprocess;

/// <summary>Where people ask for the archive to be read again, watch and stop it.</summary>
public sealed class ReprocessDesk(IDocumentStore store, IBackgroundJobClient jobs, TimeProvider clock)
{
    /// <summary>Asks for a run, without starting it. A run over the same range that was interrupted is gone on with.</summary>
    /// <param name="tenantId">Whose records.</param>
    /// <param name="accountId">Account; null for all.</param>
    /// <param name="from">Events from then on, UTC.</param>
    /// <param name="to">Events before then, UTC.</param>
    /// <param name="by">Who, and through which door.</param>
    /// <param name="cancellationToken">Gives up before anything is written.</param>
    /// <returns>The run, or why it was refused.</returns>
    public async Task<(ReprocessRun? Run, string? Problem)> AskAsync(
        string tenantId, string? accountId, DateTimeOffset from, DateTimeOffset to, Speaker by, CancellationToken cancellationToken)
    {
        if (from >= to)
        {
            return (null, "The range ends before it begins.");
        }

        await using var session = store.LightweightSession(tenantId);
        var runs = await session.Query<ReprocessRun>().OrderByDescending(run => run.AskedAt).ToListAsync(cancellationToken);
        if (runs.FirstOrDefault(run => !run.IsOver) is { } open)
        {
            return (open.AccountId, open.From, open.To) == (accountId, from, to)
                ? (open, null) : (null, $"The archive is being read again already, for {open.From:yyyy-MM-dd HH:mm} to {open.To:yyyy-MM-dd HH:mm}. Wait for it, or stop it.");
        }

        var now = clock.GetUtcNow();
        var run = new ReprocessRun
        {
            Id = now.UtcDateTime.ToString("yyyyMMddHHmmssfff", CultureInfo.InvariantCulture), By = by.Name, AskedAt = now, AccountId = accountId, From = from, To = to,
        };
        foreach (var old in runs.Skip(ReprocessRun.MostKept - 1))
        {
            session.Delete(old);
            session.Delete<ReprocessStop>(old.Id);
        }

        session.Insert(run);
        session.Insert(AuditEntry.Of(now, by.Name, by.Mouth, "archive.reprocess", $"account/{accountId ?? "all"}", $"{from.UtcDateTime:u} to {to.UtcDateTime:u}"));
        await session.SaveChangesAsync(cancellationToken);
        return (run, null);
    }

    /// <summary>Hands a run to the job server, also again in case it was lost on the way; harmless where it was not.</summary>
    public void Start(string tenantId, string runId) => jobs.Enqueue<ReprocessJob>(JobQueue.Upkeep, job => job.RunAsync(tenantId, runId, CancellationToken.None));

    /// <summary>Stops a run; the accounts it has finished are done. One that nobody works on is over at once.</summary>
    public async Task StopAsync(string tenantId, string runId, Speaker by, CancellationToken cancellationToken)
    {
        await using var session = store.LightweightSession(tenantId);
        if (await session.LoadAsync<ReprocessRun>(runId, cancellationToken) is not { IsOver: false } run)
        {
            return;
        }

        session.Store(new ReprocessStop(runId));
        session.Insert(AuditEntry.Of(clock.GetUtcNow(), by.Name, by.Mouth, "archive.stop", $"reprocess/{runId}"));
        if (run.State == ReprocessState.Waiting || run.IsStuck(clock.GetUtcNow()))
        {
            session.Store(run with { State = ReprocessState.Stopped, EndedAt = clock.GetUtcNow() });
        }

        await session.SaveChangesAsync(cancellationToken);
    }
}
