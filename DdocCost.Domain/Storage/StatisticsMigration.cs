using Npgsql;

namespace DdocCost.Domain.Storage;

/// <summary>
/// Of documents that are written very often PostgreSQL keeps no statistics of the JSON as a whole, for which no query asks: comparing and sorting thousands of them
/// each time a table has grown is a tenth of what an import takes of PostgreSQL. Indexes on expressions have their own.
/// </summary>
internal sealed class StatisticsMigration : IMigration
{
    public string Name => "statistics";

    public async Task<string> ApplyAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        // Those are the documents without Marten's version (DocumentColumns.Lean). The target is -1 where nothing was set, null since PostgreSQL 17.
        await connection.ExecuteAsync(
            """
            do $$
            declare t text;
            begin
                for t in select a.attrelid::regclass::text from pg_attribute a join pg_class c on c.oid = a.attrelid
                    where c.relkind in ('r', 'p') and c.relname like 'mt\_doc\_%' and c.relnamespace = current_schema()::regnamespace
                        and a.attname = 'data' and a.attstattarget is distinct from 0
                        and not exists (select from pg_attribute v where v.attrelid = c.oid and v.attname = 'mt_version')
                loop
                    execute 'alter table ' || t || ' alter column data set statistics 0';
                end loop;
            end $$
            """,
            cancellationToken);
        return "none of the JSON that is written often";
    }
}
