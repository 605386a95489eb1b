using DdocCost.Domain.Anomalies;
using DdocCost.Domain.Ingestion;
using DdocCost.Domain.Normalise;
using DdocCost.Domain.Pricing;
using DdocCost.Domain.Reprocess;
using DdocCost.Domain.Storage;
using DdocCost.Domain.Tuning;
using Marten;
using Npgsql;

namespace DdocCost.Jobs.Reprocess;

/// <summary>
/// Reprocesses one account: reads the range's records from the archive, makes the account's state anew from its whole history (outside of the range
/// from the stored events), and puts both in place in one transaction. Killed before that, nothing happened. While it reads, the account
/// is scored as ever; what came meanwhile is taken in at the end, while the account stands still.
/// </summary>
internal sealed class AccountReprocess(
    NpgsqlDataSource database, IDocumentStore store, IRawArchive archive, IArchiveInventory inventory, EventCatalogue catalogue,
    StoredEvents history, AccountSwap swap, TimeProvider clock)
{
    /// <summary>Runs.</summary>
    public async Task<ReprocessResult> RunAsync(ReprocessScope scope, CurrentPrices prices, Func<Task> progress, CancellationToken cancellationToken)
    {
        var known = await LocationsAsync(scope, cancellationToken);
        var archived = await ArchivedEvents.ReadAsync(
            archive, inventory, catalogue, scope, known, progress, cancellationToken);

        while (true)
        {
            var people = await PeopleAsync(scope, cancellationToken);
            var rebuild = people.Rebuild(scope.AccountId, prices);
            var work = new ReprocessWork(scope, archived, rebuild);
            await TakeAsync(work, scope, progress, cancellationToken);
            if (await FinishAsync(scope, work, rebuild, people, cancellationToken))
            {
                return work.Result;
            }
        }
    }

    /// <summary>Takes what was scored meanwhile and stores. The account stands still for that: its lane and its intake wait at the row.</summary>
    /// <returns>false where people decided something meanwhile, so that the order of things is another.</returns>
    private async Task<bool> FinishAsync(ReprocessScope scope, ReprocessWork work, AccountRebuild rebuild, PeoplesWord people, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await AccountSwap.LockAsync(connection, scope, cancellationToken);
        if (!people.IsSameAs(await PeopleAsync(scope, cancellationToken)))
        {
            return false;
        }

        await foreach (var stored in history.ReadAsync(connection, scope, work.TakenUntil, cancellationToken))
        {
            work.TakeStored(stored);
        }

        work.TakeNew(clock.GetUtcNow());
        await swap.StoreAsync(transaction, scope, work, rebuild.Finish(), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    private async Task TakeAsync(ReprocessWork work, ReprocessScope scope, Func<Task> progress, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await foreach (var stored in history.ReadAsync(connection, scope, DateTimeOffset.MinValue, cancellationToken))
        {
            work.TakeStored(stored);
            await progress();
        }
    }

    /// <summary>Where the records of the range's stored events lie.</summary>
    private async Task<List<string>> LocationsAsync(ReprocessScope scope, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return await connection.QueryAsync(
            """
            select distinct data #>> '{costed,event,location,source}' from mt_doc_cost_events
            where tenant_id = $1 and account_id = $2 and time >= $3 and time < $4 and data #> '{costed,event,location}' is not null order by 1
            """,
            row => row.GetString(0), cancellationToken, scope.TenantId, scope.AccountId, scope.From.ToUniversalTime(), scope.To.ToUniversalTime());
    }

    private async Task<PeoplesWord> PeopleAsync(ReprocessScope scope, CancellationToken cancellationToken)
    {
        await using var session = store.QuerySession(scope.TenantId);
        var settings = await session.LoadAsync<DetectionSettings>(DetectionSettings.TheId, cancellationToken) ?? DetectionSettings.None;
        var expectations = await session.Query<StandingExpectation>().Where(expectation => expectation.AccountId == scope.AccountId).ToListAsync(cancellationToken);
        var cases = await session.Query<AnomalyCase>().Where(anomaly => anomaly.AccountId == scope.AccountId).ToListAsync(cancellationToken);
        var triages = await session.LoadManyAsync<CaseTriage>(cancellationToken, cases.Select(anomaly => anomaly.Id));
        return new PeoplesWord(
            settings, [.. expectations.OrderBy(expectation => expectation.Id, StringComparer.Ordinal)], cases.ToDictionary(anomaly => anomaly.Id),
            [.. triages.SelectMany(AccountRebuild.DecisionsOf).OrderBy(taken => taken.Signature.At).ThenBy(taken => taken.CaseId, StringComparer.Ordinal)]);
    }

    /// <summary>What people set, expect and decided, as it is stored.</summary>
    private sealed record PeoplesWord(
        DetectionSettings Settings, IReadOnlyList<StandingExpectation> Expectations, IReadOnlyDictionary<string, AnomalyCase> Cases, IReadOnlyList<DecisionTaken> Decisions)
    {
        public AccountRebuild Rebuild(string accountId, CurrentPrices prices) => new(accountId, prices, Settings, Expectations, Decisions, Cases);

        public bool IsSameAs(PeoplesWord other) => Settings.Version == other.Settings.Version && Decisions.SequenceEqual(other.Decisions);
    }
}
