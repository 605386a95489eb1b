using System.Buffers;
using DdocCost.Domain.Storage;
using Npgsql;
using NpgsqlTypes;

namespace DdocCost.Domain.Scoring;

/// <summary>
/// Writes cost events into their document table, many at a time: the one kind of document of which there is a row for each event, for which
/// a statement each costs more than all the rest of a batch. Marten reads them.
/// </summary>
public static class CostEventRows
{
    private const string Copy =
        "copy mt_doc_cost_events (tenant_id, id, data, account_id, time, severity, case_id, created_at) from stdin (format binary)";

    /// <summary>Bytes that nearly every event's JSON has room in.</summary>
    private const int InitialSize = 8 * 1024;

    // One look into the primary key a key. With `id = any ($2)` the planner takes a thousand looks to be dearer than reading some tens of thousands of events, and reads them for each batch.
    // With `tenant_id = $1` it takes a tenant that came after the statistics to have no events, so that any index will do, and reads all of the tenant's for each key.
    private const string Stored =
        "select key from unnest($2) as asked (key) where (select true from mt_doc_cost_events where tenant_id = (select $1) and id = asked.key limit 1)";

    /// <summary>Which of these keys have an event already.</summary>
    public static async Task<List<Guid>> StoredAsync(NpgsqlConnection connection, string tenantId, Guid[] keys, CancellationToken cancellationToken) =>
        keys.Length == 0 ? [] : await connection.QueryAsync(Stored, row => row.GetGuid(0), cancellationToken, tenantId, keys);

    /// <summary>Adds events, in the transaction that the connection has open.</summary>
    /// <exception cref="PostgresException">An event is there already (23505): nothing of the transaction can be kept then.</exception>
    public static async Task AddAsync(
        NpgsqlConnection connection, string tenantId, IEnumerable<CostEvent> events, CancellationToken cancellationToken)
    {
        var json = new ArrayBufferWriter<byte>(InitialSize);
        await using var writer = CostEventJson.WriterTo(json);
        await using var rows = await connection.BeginBinaryImportAsync(Copy, cancellationToken);
        foreach (var e in events)
        {
            // What is written goes to a buffer, so only a full one waits.
            await rows.StartRowAsync(cancellationToken);
            await rows.WriteAsync(tenantId, NpgsqlDbType.Varchar, cancellationToken);
            await rows.WriteAsync(e.Id, NpgsqlDbType.Uuid, cancellationToken);
            await rows.WriteAsync(Json(e), NpgsqlDbType.Jsonb, cancellationToken);
            await rows.WriteAsync(e.AccountId, NpgsqlDbType.Varchar, cancellationToken);
            await rows.WriteAsync(e.Time.ToUniversalTime(), NpgsqlDbType.TimestampTz, cancellationToken);
            await rows.WriteAsync(e.Severity.ToString(), NpgsqlDbType.Varchar, cancellationToken);
            await (e.CaseId is { } caseId ? rows.WriteAsync(caseId, NpgsqlDbType.Varchar, cancellationToken) : rows.WriteNullAsync(cancellationToken));
            await rows.WriteAsync(e.CreatedAt.ToUniversalTime(), NpgsqlDbType.TimestampTz, cancellationToken);
        }

        await rows.CompleteAsync(cancellationToken);

        ReadOnlyMemory<byte> Json(CostEvent e)
        {
            json.ResetWrittenCount();
            writer.Reset();
            CostEventJson.Write(writer, e);
            writer.Flush();
            return json.WrittenMemory;
        }
    }
}
