using DdocCost.Domain.Anomalies;
using DdocCost.Domain.Ingestion;
using DdocCost.Domain.Ledger;
using DdocCost.Domain.Pipeline;
using DdocCost.Domain.Scoring;
using DdocCost.Domain.Storage;
using Marten;
using Npgsql;

namespace DdocCost.Jobs.Reprocess;

/// <summary>Puts what was made anew in the place of what was there, and lets whoever has the account in memory know.</summary>
internal sealed class AccountSwap(IDocumentStore store)
{
    private static readonly string[] Kinds = ["running_resources", "ended_resources", "resource_definitions", "spend_hours", "baselines"];

    /// <summary>Locks the account's row, as its lane does before it stores a batch, and its intake before it numbers a delivery.</summary>
    public static Task LockAsync(NpgsqlConnection connection, ReprocessScope scope, CancellationToken cancellationToken) => connection.ExecuteAsync(
        "select 1 from pipeline.accounts where tenant_id = $1 and account_id = $2 for update", cancellationToken, scope.TenantId, scope.AccountId);

    /// <summary>Stores, in a transaction that holds the lock.</summary>
    /// <remarks>
    /// Cases that are not raised any more, what people said of cases, what they expect, quarantine and what was told stay as they are. Nothing is
    /// told: this is about what has been.
    /// </remarks>
    public async Task StoreAsync(NpgsqlTransaction transaction, ReprocessScope scope, ReprocessWork work, StateChanges state, CancellationToken cancellationToken)
    {
        var connection = transaction.Connection!;
        await connection.ExecuteAsync(
            "delete from mt_doc_cost_events where tenant_id = $1 and account_id = $2 and time >= $3 and time < $4 and id <> all ($5)",
            cancellationToken, scope.TenantId, scope.AccountId, scope.From.ToUniversalTime(), scope.To.ToUniversalTime(), work.Kept.ToArray());
        foreach (var kind in Kinds)
        {
            await connection.ExecuteAsync($"delete from mt_doc_{kind} where tenant_id = $1 and account_id = $2", cancellationToken, scope.TenantId, scope.AccountId);
        }

        await connection.ExecuteAsync("delete from mt_doc_account_profiles where tenant_id = $1 and id = $2", cancellationToken, scope.TenantId, scope.AccountId);
        await CostEventRows.AddAsync(connection, scope.TenantId, work.Events, cancellationToken);
        await StoreAsync(transaction, scope.TenantId, state, cancellationToken);
        var (priced, unpriced, free) = work.More;
        await connection.ExecuteAsync(
            """
            update pipeline.accounts set epoch = epoch + 1, priced = priced + $3, unpriced = unpriced + $4, cost_bearing = cost_bearing + $3 + $4,
                free = free + $5, records = records + $3 + $4 + $5
            where tenant_id = $1 and account_id = $2
            """, cancellationToken, scope.TenantId, scope.AccountId, priced, unpriced, free);
    }

    private async Task StoreAsync(NpgsqlTransaction transaction, string tenantId, StateChanges state, CancellationToken cancellationToken)
    {
        var options = Marten.Services.SessionOptions.ForTransaction(transaction);
        options.TenantId = tenantId;
        await using var session = store.LightweightSession(options);
        session.Store<RunningResource>(state.Ledger.Started);
        session.Store<ResourceDefinition>(state.Ledger.Definitions);
        session.Store<EndedResource>(state.Ledger.Remembered);
        session.Store<SpendHour>(state.Ledger.Hours);
        session.Store<Baseline>(state.Baselines);
        session.Store<AnomalyCase>(state.Cases);
        if (state.Profile is { } profile)
        {
            session.Store(profile);
        }

        await session.SaveChangesAsync(cancellationToken);
    }
}
