using System.Runtime.CompilerServices;

namespace DdocCost.Domain.Ingestion;

/// <summary>What lies in the raw archive, for its upkeep and for reading it again.</summary>
public interface IArchiveInventory
{
    /// <summary>Where it lies, for a person: a folder, or <c>s3://bucket/prefix</c>.</summary>
    string Place { get; }

    /// <summary>Names one level below a prefix, in their order: tenants, a tenant's accounts.</summary>
    /// <param name="prefix">Empty, or ending with a slash.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="IOException">The archive cannot be reached.</exception>
    Task<IReadOnlyList<string>> FoldersAsync(string prefix, CancellationToken cancellationToken);

    /// <summary>Objects below a prefix in the order of their keys, which within an account is that of their hours; a thousand at most.</summary>
    /// <param name="prefix">Ending with a slash.</param>
    /// <param name="startAfter">Only keys behind this one, which need not exist; null for all.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="IOException">The archive cannot be reached.</exception>
    Task<IReadOnlyList<ArchivedObject>> ListAsync(string prefix, string? startAfter, CancellationToken cancellationToken);

    /// <summary>Deletes objects; those that are gone already count as deleted.</summary>
    /// <exception cref="IOException">The archive cannot be reached; some may be deleted.</exception>
    Task DeleteAsync(IReadOnlyCollection<string> keys, CancellationToken cancellationToken);

    /// <summary>Deletes drafts that a killed process left behind, last written before a moment.</summary>
    /// <returns>How many.</returns>
    int DeleteAbandonedDrafts(DateTimeOffset before);

    /// <summary>Asks whether it could take something now.</summary>
    /// <returns>Bytes left, or null where there is no telling.</returns>
    /// <exception cref="IOException">It cannot be reached.</exception>
    Task<long?> RoomAsync(CancellationToken cancellationToken);
}

/// <summary>Walks of the archive.</summary>
public static class ArchiveWalk
{
    /// <summary>A tenant's objects, account by account in the order of their hours.</summary>
    /// <param name="archive">The archive.</param>
    /// <param name="tenantId">Tenant.</param>
    /// <param name="accountId">Account; null for all.</param>
    /// <param name="from">First moment, UTC; the hour it lies in counts.</param>
    /// <param name="to">First hour, UTC, that does not.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static async IAsyncEnumerable<ArchivedObject> ObjectsAsync(
        this IArchiveInventory archive, string tenantId, string? accountId, DateTimeOffset from, DateTimeOffset to, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(archive);
        var tenant = ArchiveKey.FolderOf(tenantId);
        var folders = accountId is null ? (await archive.FoldersAsync(tenant, cancellationToken)).Select(account => $"{tenant}{account}/") : [ArchiveKey.FolderOf(tenantId, accountId)];
        foreach (var folder in folders)
        {
            var last = ArchiveKey.Before(folder, from);
            for (var isOver = false; !isOver;)
            {
                var page = await archive.ListAsync(folder, last, cancellationToken);
                foreach (var o in page.TakeWhile(o => ArchiveKey.HourOf(o.Key) is not { } hour || hour < to))
                {
                    yield return o;
                }

                isOver = page.Count == 0 || ArchiveKey.HourOf(page[^1].Key) >= to;
                last = page.Count == 0 ? last : page[^1].Key;
            }
        }
    }
}

/// <summary>An object of the archive.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Bytes">Its size, compressed.</param>
/// <param name="StoredAt">When it was stored, UTC.</param>
public sealed record ArchivedObject(string Key, long Bytes, DateTimeOffset StoredAt);

/// <summary>The archive cannot be reached, or is full: nothing was stored, and it may work later.</summary>
public sealed class ArchiveUnavailableException(string message, Exception? inner = null) : IOException(message, inner);
