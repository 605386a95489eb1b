using DdocCost.Domain.Ingestion;
using Marten;

namespace DdocCost.Jobs.Archive;

/// <summary>Compares objects of the archive with their names, which are made of their content, and keeps what it finds for people to see.</summary>
public sealed class ArchiveCheck(IRawArchive archive, IArchiveInventory inventory, IDocumentStore store, TimeProvider clock, ILogger<ArchiveCheck> log)
{
    /// <summary>Checks objects of a tenant.</summary>
    /// <returns>Keys of those that are missing or damaged.</returns>
    /// <exception cref="ArchiveUnavailableException">The archive cannot be reached, which says nothing about what lies in it.</exception>
    public async Task<IReadOnlyList<string>> CheckAsync(string tenantId, IReadOnlyList<string> keys, CancellationToken cancellationToken)
    {
        var all = new List<string>();
        await using var session = store.LightweightSession(tenantId);
        foreach (var account in keys.Distinct().GroupBy(key => key.Split('/')[1]))
        {
            var before = await session.LoadAsync<ArchiveHealth>(account.Key, cancellationToken) ?? new ArchiveHealth { Id = account.Key };
            var checkedNow = account.Union(before.Damaged).ToList(); // what was damaged may have been brought back
            var damaged = await checkedNow.ToAsyncEnumerable().Where(async (key, token) => !await IsSoundAsync(key, token)).ToListAsync(cancellationToken);
            damaged.ForEach(key => ArchiveLog.Damaged(log, key));
            session.Store(before with { CheckedAt = clock.GetUtcNow(), Checked = checkedNow.Count, Damaged = [.. damaged.Take(ArchiveHealth.MostNamed)] });
            all.AddRange(damaged);
        }

        await session.SaveChangesAsync(cancellationToken);
        ArchiveLog.Checked(log, keys.Count, all.Count);
        return all;
    }

    /// <summary>Checks all objects of a tenant, or of one of its accounts, of some hours.</summary>
    /// <returns>How many there are, and keys of those that are damaged.</returns>
    public async Task<(int Objects, IReadOnlyList<string> Damaged)> CheckAsync(
        string tenantId, string? accountId, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        var keys = new List<string>();
        await foreach (var o in inventory.ObjectsAsync(tenantId, accountId, from, to, cancellationToken))
        {
            keys.Add(o.Key);
        }

        return (keys.Count, await CheckAsync(tenantId, keys, cancellationToken));
    }

    private async Task<bool> IsSoundAsync(string key, CancellationToken cancellationToken)
    {
        try
        {
            await using var stored = await archive.OpenAsync(key, cancellationToken);
            return ArchiveKey.Fits(key, stored);
        }
        catch (IOException error) when (error is not ArchiveUnavailableException)
        {
            return false;
        }
    }
}
