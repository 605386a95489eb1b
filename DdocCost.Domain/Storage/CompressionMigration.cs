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

        await DocumentJson.AlterAsync(connection, "a.attcompression <> 'l'", "set compression lz4", cancellationToken);
        return "lz4";
    }
}
