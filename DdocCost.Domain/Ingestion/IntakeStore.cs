using System.Text.Json;
using DdocCost.Domain.Queue;
using DdocCost.Domain.Storage;
using Marten;
using Marten.Services;
using Npgsql;
using NpgsqlTypes;

namespace DdocCost.Domain.Ingestion;

/// <summary>The tables of the intake and its one transaction.</summary>
public sealed class IntakeStore(NpgsqlDataSource database, IDocumentStore documents, IEventQueue queue, TimeProvider clock)
{
    private const int MostAttempts = 5;
    private static readonly JsonSerializerOptions RowJson = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Converters = { new NulFreeStringConverter() },
    };

    /// <summary>Which of these contents have been taken, as upper-case hexadecimal.</summary>
    public async Task<HashSet<string>> KnownAsync(string tenantId, byte[][] contentHashes, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var known = await connection.QueryAsync(
            "select content_hash from pipeline.deliveries where tenant_id = $1 and content_hash = any ($2)",
            row => Convert.ToHexString(row.GetFieldValue<byte[]>(0)), cancellationToken, tenantId, contentHashes);
        return [.. known];
    }

    /// <summary>What a source has delivered from which files, by path.</summary>
    public async Task<Dictionary<string, SourceFile>> FilesOfAsync(string tenantId, string source, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var files = await connection.QueryAsync(
            "select path, bytes, modified_at from pipeline.source_files where tenant_id = $1 and source = $2",
            row => new SourceFile(row.GetString(0), row.GetInt64(1), row.GetFieldValue<DateTimeOffset>(2)), cancellationToken, tenantId, source);
        return files.ToDictionary(file => file.Path);
    }

    /// <summary>Where a tenant's accounts stand, all together.</summary>
    public async Task<TenantProgress> ProgressAsync(string tenantId, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync(
            """
            select coalesce(sum(sent_seq - applied_seq), 0)::bigint, coalesce(sum(priced), 0)::bigint, coalesce(sum(unpriced), 0)::bigint,
                coalesce(sum(free), 0)::bigint, coalesce(sum(quarantined), 0)::bigint, coalesce(sum(duplicates), 0)::bigint
            from pipeline.accounts where tenant_id = $1
            """,
            row => new TenantProgress(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3), row.GetInt64(4), row.GetInt64(5)),
            cancellationToken, tenantId);
        return rows[0];
    }

    /// <summary>What each source of a tenant has brought, by the source's name.</summary>
    public async Task<IReadOnlyDictionary<string, SourceTally>> TalliesAsync(string tenantId, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync(
            "select source, last_delivery_at, deliveries, records, rejected, delays from pipeline.sources where tenant_id = $1",
            row => (Source: row.GetString(0), Tally: new SourceTally(
                row.GetFieldValue<DateTimeOffset>(1), row.GetInt64(2), row.GetInt64(3), row.GetInt64(4), new DelayHistogram { Counts = row.GetFieldValue<long[]>(5) })),
            cancellationToken, tenantId);
        return rows.ToDictionary(row => row.Source, row => row.Tally);
    }

    /// <summary>Registers deliveries, numbers and sends their pointers, sets aside what was rejected, moves the source's position.</summary>
    /// <returns>Those registered; a delivery that another process took at the same moment is not among them.</returns>
    public async Task<IReadOnlyList<DeliveryRegistration>> RegisterAsync(
        string tenantId, string source, IReadOnlyList<DeliveryRegistration> deliveries, IReadOnlyList<SourceFile> files, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await using var connection = await database.OpenConnectionAsync(cancellationToken);
                await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
                var taken = await InsertAsync(connection, tenantId, source, deliveries, cancellationToken);
                var lastSequenceOf = await LockAccountsAsync(connection, tenantId, taken, cancellationToken);
                await SendAsync(connection, tenantId, source, taken, Number(taken, lastSequenceOf), files, cancellationToken);
                await SetAsideAsync(transaction, tenantId, taken, cancellationToken);
                await transaction.CommitAsync(cancellationToken);
                return taken;
            }
            catch (PostgresException error) when (error.IsTransient && attempt < MostAttempts)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(20 * attempt), cancellationToken);
            }
        }
    }

    private async Task<IReadOnlyList<DeliveryRegistration>> InsertAsync(
        NpgsqlConnection connection, string tenantId, string source, IReadOnlyList<DeliveryRegistration> deliveries, CancellationToken cancellationToken)
    {
        // Sorted, so that two processes that take the same deliveries meet in the same order.
        var rows = deliveries.Select(delivery => new DeliveryRow(
            Convert.ToHexString(delivery.ContentHash), delivery.Name, delivery.Bytes, delivery.Records, delivery.RejectedCount,
            [.. delivery.Objects.Select(o => o.Key)], delivery.Remarks));
        var inserted = await connection.QueryAsync(
            """
            insert into pipeline.deliveries (tenant_id, content_hash, source, name, taken_at, bytes, records, rejected, archive_keys, remarks)
            select $1, decode(hash, 'hex'), $2, name, $3, bytes, records, rejected, archive_keys, remarks
            from jsonb_to_recordset($4::jsonb) as d
                (hash text, name text, bytes bigint, records bigint, rejected bigint, archive_keys text[], remarks text[])
            order by hash on conflict do nothing returning content_hash
            """,
            row => Convert.ToHexString(row.GetFieldValue<byte[]>(0)), cancellationToken, tenantId, source, clock.GetUtcNow(), JsonSerializer.Serialize(rows, RowJson));
        var isNew = inserted.ToHashSet();
        return [.. deliveries.Where(delivery => isNew.Contains(Convert.ToHexString(delivery.ContentHash)))];
    }

    /// <summary>Locks the row of each account until the end of the transaction and advances its sequence.</summary>
    /// <returns>The last number given out, by account.</returns>
    private static async Task<Dictionary<string, long>> LockAccountsAsync(
        NpgsqlConnection connection, string tenantId, IReadOnlyList<DeliveryRegistration> deliveries, CancellationToken cancellationToken)
    {
        var messages = deliveries.SelectMany(delivery => delivery.Pointers).CountBy(pointer => pointer.AccountId);
        var rejects = deliveries.Where(delivery => delivery.RejectedCount > 0)
            .AggregateBy(delivery => delivery.RejectedAccountId, 0L, (sum, delivery) => sum + delivery.RejectedCount);
        var (messagesOf, rejectsOf) = (messages.ToDictionary(), rejects.ToDictionary());
        var accounts = messagesOf.Keys.Union(rejectsOf.Keys).ToArray();
        var rows = await connection.QueryAsync(
            """
            insert into pipeline.accounts as a (tenant_id, account_id, sent_seq, records, quarantined)
            select $1, n.account_id, n.messages, n.rejects, n.rejects from unnest($2, $3, $4) as n (account_id, messages, rejects)
            order by n.account_id collate "C"
            on conflict (tenant_id, account_id) do update set sent_seq = a.sent_seq + excluded.sent_seq,
                records = a.records + excluded.records, quarantined = a.quarantined + excluded.quarantined
            returning account_id, sent_seq
            """,
            row => (Account: row.GetString(0), Sequence: row.GetInt64(1)), cancellationToken, tenantId, accounts,
            accounts.Select(account => (long)messagesOf.GetValueOrDefault(account)).ToArray(), accounts.Select(account => rejectsOf.GetValueOrDefault(account)).ToArray());
        return rows.ToDictionary(row => row.Account, row => row.Sequence);
    }

    /// <summary>The pointers with their numbers, in order.</summary>
    private static List<DeliveryPointer> Number(IReadOnlyList<DeliveryRegistration> deliveries, Dictionary<string, long> lastSequenceOf)
    {
        var pointers = deliveries.SelectMany(delivery => delivery.Pointers).ToList();
        var next = pointers.CountBy(pointer => pointer.AccountId).ToDictionary(count => count.Key, count => lastSequenceOf[count.Key] - count.Value + 1);
        return [.. pointers.Select(pointer => pointer with { Sequence = next[pointer.AccountId]++ })];
    }

    private async Task SendAsync(
        NpgsqlConnection connection, string tenantId, string source, IReadOnlyList<DeliveryRegistration> deliveries, List<DeliveryPointer> pointers,
        IReadOnlyList<SourceFile> files, CancellationToken cancellationToken)
    {
        await using var batch = connection.CreateBatch();
        var lanes = pointers.GroupBy(pointer => Lanes.Of(tenantId, pointer.AccountId)).ToList();
        lanes.ForEach(lane => queue.Send(batch, lane.Key, [.. lane]));
        if (lanes.Count > 0)
        {
            LaneQueue.Announce(batch, lanes.Select(lane => lane.Key));
        }

        if (files.Count > 0)
        {
            batch.BatchCommands.Add(Command(
                """
                insert into pipeline.source_files (tenant_id, source, path, bytes, modified_at) select $1, $2, * from unnest($3, $4, $5)
                on conflict (tenant_id, source, path) do update set bytes = excluded.bytes, modified_at = excluded.modified_at
                """,
                tenantId, source, files.Select(file => file.Path).ToArray(), files.Select(file => file.Bytes).ToArray(),
                files.Select(file => file.ModifiedAt).ToArray()));
        }

        if (deliveries.Count > 0)
        {
            batch.BatchCommands.Add(Tally(tenantId, source, deliveries));
        }

        if (batch.BatchCommands.Count > 0)
        {
            await batch.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    private NpgsqlBatchCommand Tally(string tenantId, string source, IReadOnlyList<DeliveryRegistration> deliveries) => Command(
        """
        insert into pipeline.sources as s (tenant_id, source, last_delivery_at, deliveries, records, rejected, delays) values ($1, $2, $3, $4, $5, $6, $7)
        on conflict (tenant_id, source) do update set last_delivery_at = excluded.last_delivery_at, deliveries = s.deliveries + excluded.deliveries,
            records = s.records + excluded.records, rejected = s.rejected + excluded.rejected,
            delays = (
                select coalesce(array_agg(coalesce(d.before, 0)
                    / case when date_trunc('hour', s.last_delivery_at) = date_trunc('hour', excluded.last_delivery_at) then 1 else 2 end
                    + coalesce(d.now, 0) order by d.class), '{}')
                from unnest(s.delays, excluded.delays) with ordinality as d (before, now, class))
        """,
        tenantId, source, clock.GetUtcNow(), (long)deliveries.Count, deliveries.Sum(delivery => delivery.Records), deliveries.Sum(delivery => delivery.RejectedCount),
        deliveries.Aggregate(DelayHistogram.None, (sum, delivery) => sum.And(delivery.Delays)).Counts.ToArray());

    private async Task SetAsideAsync(
        NpgsqlTransaction transaction, string tenantId, IReadOnlyList<DeliveryRegistration> deliveries, CancellationToken cancellationToken)
    {
        if (deliveries.All(delivery => delivery.Rejects.Count == 0))
        {
            return;
        }

        var options = SessionOptions.ForTransaction(transaction);
        options.TenantId = tenantId;
        await using var session = documents.LightweightSession(options);
        session.Store(deliveries.SelectMany(delivery => delivery.Rejects.Select(reject => new QuarantinedRecord
        {
            Id = reject.Id,
            AccountId = delivery.RejectedAccountId,
            Rejected = reject.Rejected,
            FoundAt = clock.GetUtcNow(),
        })));
        await session.SaveChangesAsync(cancellationToken);
    }

    private sealed record DeliveryRow(
        string Hash, string Name, long Bytes, long Records, long Rejected, IReadOnlyList<string> ArchiveKeys, IReadOnlyList<string> Remarks);

    private static NpgsqlBatchCommand Command(string sql, params object[] parameters)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = parameter });
        }

        return command;
    }
}
