using Npgsql;

namespace DdocCost.Domain.Storage;

/// <summary>
/// What is larger than a row may be is compressed with lz4 where the server has it, a tenth of the time of the default. Holds for rows written
/// from then on.
/// </summary>
internal sealed class CompressionMigration : IMigration
{
    public string Name => "compression";

    public async Task<string> ApplyAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        if (!await connection.ScalarAsync<bool>("select 'lz4' = any (enumvals) from pg_settings where name = 'default_toast_compression'", cancellationToken))
        {
            return "the server's default: it has no lz4";
        }

        await connection.ExecuteAsync(
            """
            do $$
            declare t text;
            begin
                for t in select a.attrelid::regclass::text from pg_attribute a join pg_class c on c.oid = a.attrelid
                    where c.relkind in ('r', 'p') and c.relname like 'mt\_doc\_%' and c.relnamespace = current_schema()::regnamespace
                        and a.attname = 'data' and a.attcompression <> 'l'
                loop
                    execute 'alter table ' || t || ' alter column data set compression lz4';
                end loop;
            end $$
            """,
            cancellationToken);
        return "lz4";
    }
}
