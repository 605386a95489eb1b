using Npgsql;

namespace DdocCost.Domain.Storage;

/// <summary>The column of JSON that each kind of document has: how PostgreSQL keeps it.</summary>
internal static class DocumentJson
{
    /// <summary>Changes the column in every table of documents, partitions too, in which it is not so yet.</summary>
    /// <param name="connection">Open.</param>
    /// <param name="where">Which tables: a condition on the column's <c>pg_attribute a</c>.</param>
    /// <param name="change">What of it, such as <c>set compression lz4</c>.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="PostgresException">A change is not possible; none is made then.</exception>
    public static Task AlterAsync(NpgsqlConnection connection, string where, string change, CancellationToken cancellationToken) => connection.ExecuteAsync(
        $"""
        do $$
        declare t text;
        begin
            for t in select a.attrelid::regclass::text from pg_attribute a join pg_class c on c.oid = a.attrelid
                where c.relkind in ('r', 'p') and c.relname like 'mt\_doc\_%' and c.relnamespace = current_schema()::regnamespace
                    and a.attname = 'data' and {where}
            loop
                execute 'alter table ' || t || ' alter column data {change}';
            end loop;
        end $$
        """,
        cancellationToken);
}
