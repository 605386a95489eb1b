using Marten;
using Npgsql;
using NpgsqlTypes;

namespace DdocCost.Domain.Storage;

/// <summary>
/// Reads, stores and deletes lean documents of one kind many at a time, one statement each: Marten has a statement for each document, and looks
/// through all of a session's operations for each one added. What is written is what Marten would have written and reads.
/// </summary>
/// <param name="alias">The document's alias.</param>
/// <param name="idOf">A document's id.</param>
public sealed class DocumentRows<T>(string alias, Func<T, string> idOf)
{
    private readonly List<(string Name, Func<IEnumerable<T>, NpgsqlParameter> Values)> _columns = [];

    // In brackets the planner neither looks up a thousand ids in its statistics nor takes a tenant that they do not know for one that has nothing, for which any index would do.
    private readonly string _these = $"from mt_doc_{alias} where tenant_id = (select $1) and id = any ((select $2)::varchar[])";

    /// <summary>There is a column of texts beside the JSON.</summary>
    public DocumentRows<T> Text(string name, Func<T, string> of)
    {
        _columns.Add((name, documents => Texts(documents.Select(of))));
        return this;
    }

    /// <summary>There is a column of moments beside the JSON.</summary>
    public DocumentRows<T> Time(string name, Func<T, DateTimeOffset> of)
    {
        _columns.Add((name, documents =>
            new() { Value = documents.Select(document => of(document).ToUniversalTime()).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.TimestampTz }));
        return this;
    }

    /// <summary>Adds to a batch: store these, new or not. No id twice.</summary>
    public void Store(NpgsqlBatch batch, ISerializer serializer, string tenantId, IReadOnlyCollection<T> documents)
    {
        if (documents.Count == 0)
        {
            return;
        }

        var command = new NpgsqlBatchCommand(StoreStatement());
        command.Parameters.Add(new() { Value = tenantId });
        command.Parameters.Add(Texts(documents.Select(idOf)));
        command.Parameters.Add(new() { Value = documents.Select(document => serializer.ToJson(document)).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Jsonb });
        foreach (var column in _columns)
        {
            command.Parameters.Add(column.Values(documents));
        }

        batch.BatchCommands.Add(command);
    }

    /// <summary>Adds to a batch: delete these, where they are.</summary>
    public void Delete(NpgsqlBatch batch, string tenantId, IReadOnlyCollection<string> ids)
    {
        if (ids.Count > 0)
        {
            var command = new NpgsqlBatchCommand($"delete {_these}");
            command.Parameters.Add(new() { Value = tenantId });
            command.Parameters.Add(Texts(ids));
            batch.BatchCommands.Add(command);
        }
    }

    /// <summary>Reads these, as far as they are stored.</summary>
    public async Task<List<T>> ReadAsync(
        NpgsqlConnection connection, ISerializer serializer, string tenantId, IReadOnlyCollection<string> ids, CancellationToken cancellationToken) =>
        ids.Count == 0 ? [] : await connection.QueryAsync($"select data {_these}", row => serializer.FromJson<T>(row, 0), cancellationToken, tenantId, ids.ToArray());

    private static NpgsqlParameter Texts(IEnumerable<string> values) =>
        new() { Value = values.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Varchar };

    private string StoreStatement() =>
        $"""
        insert into mt_doc_{alias} (tenant_id, id, data{string.Concat(_columns.Select(column => $", {column.Name}"))})
        select $1, * from unnest($2, $3{string.Concat(_columns.Select((_, i) => $", ${i + 4}"))})
        on conflict (tenant_id, id) do update set data = excluded.data{string.Concat(_columns.Select(column => $", {column.Name} = excluded.{column.Name}"))}
        """;
}
