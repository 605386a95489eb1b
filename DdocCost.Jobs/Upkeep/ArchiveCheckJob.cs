using DdocCost.Domain.Ingestion;
using DdocCost.Domain.Storage;
using Npgsql;

namespace DdocCost.Jobs.Upkeep;

/// <summary>Daily: reads a sample of the archive and compares each object's bytes with its name, so that damage is found before it is needed.</summary>
public sealed class ArchiveCheckJob(IRawArchive archive, NpgsqlDataSource database, ILogger<ArchiveCheckJob> log)
{
    private const int Sample = 500;

    /// <summary>Runs.</summary>
    /// <returns>Keys of objects that are missing or damaged.</returns>
    public async Task<IReadOnlyList<string>> RunAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var keys = await connection.QueryAsync(
            "select key from pipeline.deliveries, unnest(archive_keys) as key order by random() limit $1", row => row.GetString(0), cancellationToken, Sample);
        var damaged = keys.Where(key => !IsSound(key)).ToList();
        foreach (var key in damaged)
        {
            UpkeepLog.ArchiveDamaged(log, key);
        }

        UpkeepLog.ArchiveChecked(log, keys.Count, damaged.Count);
        return damaged;
    }

    private bool IsSound(string key)
    {
        try
        {
            using var stored = archive.Open(key);
            return ArchiveKey.Fits(key, stored);
        }
        catch (IOException)
        {
            return false;
        }
    }
}
