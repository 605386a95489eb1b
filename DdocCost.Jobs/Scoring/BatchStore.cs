using DdocCost.Domain.Anomalies;
using DdocCost.Domain.Ingestion;
using DdocCost.Domain.Ledger;
using DdocCost.Domain.Notify;
using DdocCost.Domain.Queue;
using DdocCost.Domain.Scoring;
using DdocCost.Domain.Storage;
using DdocCost.Domain.Undo;
using DdocCost.Jobs.Notify;
using Marten;
using Microsoft.Extensions.Options;
using Npgsql;

namespace DdocCost.Jobs.Scoring;

/// <summary>The one short transaction of a batch, on the connection that holds the lane's lock: losing the lock means losing the transaction.</summary>
internal sealed class BatchStore(IDocumentStore store, IEventQueue queue, IOptions<NotifyOptions> notify, TimeProvider clock)
{
    // As many as a message can show commands for.
    private const int MostToUndo = 100;

    /// <summary>Stores a batch and takes its messages out of the lane.</summary>
    /// <exception cref="LaneLostException">The fence of an account or a message is not as it was left; nothing is stored.</exception>
    public async Task StoreAsync(NpgsqlConnection connection, int lane, ScoredBatch batch, CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await PassFenceAsync(connection, batch.Accounts, cancellationToken);
        foreach (var tenant in batch.Accounts.GroupBy(scored => scored.Account.TenantId))
        {
            await StoreAsync(transaction, tenant.Key, [.. tenant], cancellationToken);
        }

        if (!await queue.DeleteAsync(connection, lane, batch.MessageIds, cancellationToken))
        {
            throw new LaneLostException("A message of the batch was gone before the batch was stored.");
        }

        await transaction.CommitAsync(cancellationToken);
        await queue.CommittedAsync(lane, batch.MessageIds, cancellationToken);
    }

    /// <summary>Gives a delivery up: keeps it as a dead letter, marks its account, and lets the account's next one pass.</summary>
    public async Task GiveUpAsync(NpgsqlConnection connection, int lane, LaneMessage message, string reason, CancellationToken cancellationToken)
    {
        var (delivery, now) = (message.Delivery, clock.GetUtcNow());
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await connection.ExecuteAsync(
            """
            update pipeline.accounts set applied_seq = greatest(applied_seq, $3), gap_since = coalesce(gap_since, $4),
                records = records + $5, quarantined = quarantined + $5
            where tenant_id = $1 and account_id = $2
            """,
            cancellationToken, delivery.TenantId, delivery.AccountId, delivery.Sequence, now, delivery.Records);
        await connection.ExecuteAsync(
            """
            insert into pipeline.dead_letters (tenant_id, account_id, sequence, archive_key, delivery, reason, attempts, given_up_at)
            values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing
            """,
            cancellationToken, delivery.TenantId, delivery.AccountId, delivery.Sequence, delivery.ArchiveKey, delivery.Name, reason, message.ReadCount, now);
        await queue.ArchiveAsync(connection, lane, message.Id, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        await queue.CommittedAsync(lane, [message.Id], cancellationToken);
    }

    /// <summary>Locks the accounts, in the order in which the intake locks them, advances them, and makes sure that nobody else has.</summary>
    private static async Task PassFenceAsync(NpgsqlConnection connection, IReadOnlyList<ScoredAccount> accounts, CancellationToken cancellationToken)
    {
        var advanced = await connection.ExecuteAsync(
            """
            with batch as (
                select * from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
                    as b (tenant_id, account_id, before, after, priced, unpriced, free, quarantined, duplicates, records, epoch)),
            locked as (
                select a.tenant_id, a.account_id from pipeline.accounts a join batch using (tenant_id, account_id)
                order by a.tenant_id collate "C", a.account_id collate "C" for update of a)
            update pipeline.accounts a set applied_seq = b.after, records = a.records + b.records,
                cost_bearing = a.cost_bearing + b.priced + b.unpriced, priced = a.priced + b.priced, unpriced = a.unpriced + b.unpriced,
                free = a.free + b.free, quarantined = a.quarantined + b.quarantined, duplicates = a.duplicates + b.duplicates
            from batch b join locked using (tenant_id, account_id)
            where a.tenant_id = b.tenant_id and a.account_id = b.account_id and a.applied_seq = b.before and a.epoch = b.epoch
            """,
            cancellationToken,
            accounts.Select(scored => scored.Account.TenantId).ToArray(), accounts.Select(scored => scored.Account.State.AccountId).ToArray(),
            accounts.Select(scored => scored.SequenceBefore).ToArray(), accounts.Select(scored => scored.Account.AppliedSequence).ToArray(),
            accounts.Select(scored => scored.Tally.Priced).ToArray(), accounts.Select(scored => scored.Tally.Unpriced).ToArray(),
            accounts.Select(scored => scored.Tally.Free).ToArray(), accounts.Select(scored => scored.Tally.Quarantined).ToArray(),
            accounts.Select(scored => scored.Tally.Duplicates).ToArray(), accounts.Select(scored => scored.Tally.Records).ToArray(),
            accounts.Select(scored => scored.Account.Epoch).ToArray());
        if (advanced != accounts.Count)
        {
            throw new LaneLostException("An account was advanced by somebody else while its batch was scored.");
        }
    }

    private async Task StoreAsync(
        NpgsqlTransaction transaction, string tenantId, IReadOnlyList<ScoredAccount> accounts, CancellationToken cancellationToken)
    {
        // A repeated key fails here rather than count twice.
        await CostEventRows.AddAsync(
            transaction.Connection!, tenantId, accounts.SelectMany(scored => scored.Events), cancellationToken);
        var options = Marten.Services.SessionOptions.ForTransaction(transaction);
        options.TenantId = tenantId;
        await using var session = store.LightweightSession(options);
        await StoreRowsAsync(transaction.Connection!, session, accounts, cancellationToken);
        session.Store(accounts.SelectMany(scored => scored.Quarantined));
        foreach (var changes in accounts.Select(scored => scored.Changes))
        {
            Store(session, changes.Ledger);
            session.Store<AnomalyCase>(changes.Cases);
            if (changes.Profile is { } profile)
            {
                session.Store(profile);
            }
        }

        Outbox.Write(session, [.. accounts.SelectMany(scored => ToTell(tenantId, scored))]);
        await session.SaveChangesAsync(cancellationToken);
    }

    /// <summary>Stores the kinds of document of which a batch has many, in one round trip after the hours are read.</summary>
    private static async Task StoreRowsAsync(
        NpgsqlConnection connection, IDocumentSession session, IReadOnlyList<ScoredAccount> accounts, CancellationToken cancellationToken)
    {
        var (serializer, tenantId) = (session.DocumentStore.Options.Serializer(), session.TenantId);
        LedgerChanges[] ledgers = [.. accounts.Select(scored => scored.Changes.Ledger)];
        await using var batch = connection.CreateBatch();
        LedgerRows.Store(batch, serializer, tenantId, ledgers);
        await LedgerRows.StoreAsync(batch, connection, serializer, tenantId, [.. ledgers.SelectMany(ledger => ledger.Hours)], cancellationToken);
        BaselineRows.Table.Store(batch, serializer, tenantId, [.. accounts.SelectMany(scored => scored.Changes.Baselines)]);
        if (batch.BatchCommands.Count > 0)
        {
            await batch.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    private IReadOnlyList<OutboxFact> ToTell(string tenantId, ScoredAccount scored) => CaseFacts.Of(
        tenantId, scored.Changes.Cases, scored.Alerts, scored.Known.GetValueOrDefault, anomaly => UndoOf(anomaly, scored.Account.State.Ledger.Running.Values),
        clock.GetUtcNow(), notify.Value.TellWithin);

    private static UndoPlan? UndoOf(AnomalyCase anomaly, IEnumerable<RunningResource> running)
    {
        var ids = anomaly.RunningResourceIds.ToHashSet();
        RunningResource[] own = [.. running.Where(resource => ids.Contains(resource.Id) || ids.Contains(resource.ResourceId)).Take(MostToUndo)];
        return own.Length == 0 ? null : UndoPlanner.For(own);
    }

    private static void Store(IDocumentSession session, LedgerChanges ledger)
    {
        session.Store<ResourceDefinition>(ledger.Definitions);
        foreach (var id in ledger.ForgottenDefinitions)
        {
            session.Delete<ResourceDefinition>(id);
        }
    }
}
