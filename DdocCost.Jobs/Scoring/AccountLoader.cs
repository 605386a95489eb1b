using DdocCost.Domain.Anomalies;
using DdocCost.Domain.Ledger;
using DdocCost.Domain.Pipeline;
using DdocCost.Domain.Pricing;
using DdocCost.Domain.Scoring;
using DdocCost.Domain.Storage;
using Marten;
using Npgsql;

namespace DdocCost.Jobs.Scoring;

/// <summary>Reads an account's state from its documents, each kind in the order of its ids, so that the same documents give the same state.</summary>
internal sealed class AccountLoader(IDocumentStore store, NpgsqlDataSource database, CurrentPrices prices)
{
    /// <summary>Reads an account; a new one is empty.</summary>
    public async Task<OwnedAccount> LoadAsync(string tenantId, string accountId, CancellationToken cancellationToken)
    {
        // Asked for first: made anew between the two, the account has a later epoch than what is read here, and the fence holds it back.
        var (applied, epoch) = await FenceAsync(tenantId, accountId, cancellationToken);
        await using var session = store.QuerySession(tenantId);
        var batch = session.CreateBatchQuery();
        var running = batch.Query<RunningResource>().Where(resource => resource.AccountId == accountId).ToList();
        var definitions = batch.Query<ResourceDefinition>().Where(definition => definition.AccountId == accountId).ToList();
        var ended = batch.Query<EndedResource>().Where(resource => resource.AccountId == accountId).ToList();
        var baselines = batch.Query<Baseline>().Where(baseline => baseline.AccountId == accountId).ToList();
        var profile = batch.Load<AccountProfile>(accountId);
        var cases = batch.Query<AnomalyCase>().Where(anomaly => anomaly.AccountId == accountId && anomaly.ClosedAt == null).ToList();
        await batch.Execute(cancellationToken);
        var state = new AccountState(new AccountSnapshot
        {
            AccountId = accountId,
            Running = Ordered(await running, resource => resource.Id),
            Definitions = Ordered(await definitions, definition => definition.Id),
            Ended = Ordered(await ended, resource => resource.Id),
            Baselines = Ordered(await baselines, baseline => baseline.Id),
            Profile = await profile,
            OpenCases = Ordered(await cases, anomaly => anomaly.Id),
        }, prices);
        return new OwnedAccount(tenantId, state, applied, epoch);
    }

    private async Task<(long Applied, long Epoch)> FenceAsync(string tenantId, string accountId, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync(
            "select applied_seq, epoch from pipeline.accounts where tenant_id = $1 and account_id = $2", row => (row.GetInt64(0), row.GetInt64(1)),
            cancellationToken, tenantId, accountId);
        return rows.FirstOrDefault();
    }

    private static List<T> Ordered<T>(IReadOnlyList<T> documents, Func<T, string> id) => [.. documents.OrderBy(id, StringComparer.Ordinal)];
}
