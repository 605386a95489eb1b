namespace DdocCost.Domain.Ingestion;

/// <summary>The raw archive as a folder. A stored object survives a power cut: its bytes and every folder above it are flushed before it counts.</summary>
public sealed class FolderArchive : IRawArchive, IArchiveInventory
{
    private const int MostListed = 1000;

    private readonly string _root;
    private readonly DraftFolder _drafts;

    /// <summary>Opens or creates the archive.</summary>
    /// <param name="folder">Where it lies.</param>
    public FolderArchive(string folder)
    {
        _root = Path.GetFullPath(folder);
        _drafts = new DraftFolder(Path.Combine(_root, ".drafts"));
    }

    /// <inheritdoc/>
    public string Place => _root;

    /// <inheritdoc/>
    public ArchiveDraft Begin() => _drafts.Begin();

    /// <inheritdoc/>
    public async Task StoreAsync(IReadOnlyCollection<ArchiveObject> objects, CancellationToken cancellationToken)
    {
        var folders = objects.Select(o => Path.GetDirectoryName(PathOf(o.Key))!).Distinct().SelectMany(Create).ToHashSet();
        await DiskFlush.AllAsync(objects, o => o.Draft.Path, o => File.Move(o.Draft.Path, PathOf(o.Key), overwrite: true), cancellationToken);
        await DiskFlush.AllAsync(folders, folder => folder, then: null, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<Stream> OpenAsync(string key, CancellationToken cancellationToken) =>
        Task.FromResult<Stream>(new FileStream(PathOf(key), FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1));

    /// <inheritdoc/>
    public Task<IReadOnlyList<string>> FoldersAsync(string prefix, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<string>>([.. EntriesOf(prefix).Where(entry => entry.IsFolder).Select(entry => entry.Key[prefix.Length..^1])]);

    /// <inheritdoc/>
    public Task<IReadOnlyList<ArchivedObject>> ListAsync(string prefix, string? startAfter, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<ArchivedObject>>([.. Walk(prefix, startAfter ?? "").Take(MostListed)]);

    /// <inheritdoc/>
    public Task DeleteAsync(IReadOnlyCollection<string> keys, CancellationToken cancellationToken)
    {
        foreach (var path in keys.Select(PathOf).Where(File.Exists))
        {
            File.Delete(path);
            // Hours, days and months that are empty now go with their last object.
            for (var folder = Path.GetDirectoryName(path)!; folder != _root && !Directory.EnumerateFileSystemEntries(folder).Any(); folder = Path.GetDirectoryName(folder)!)
            {
                Directory.Delete(folder);
            }
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public int DeleteAbandonedDrafts(DateTimeOffset before) => _drafts.DeleteAbandoned(before);

    /// <inheritdoc/>
    public Task<long?> RoomAsync(CancellationToken cancellationToken) =>
        Directory.Exists(_root) ? Task.FromResult<long?>(new DriveInfo(_root).AvailableFreeSpace) : throw new ArchiveUnavailableException($"The raw archive's folder {_root} is gone.");

    private IEnumerable<ArchivedObject> Walk(string prefix, string startAfter)
    {
        foreach (var entry in EntriesOf(prefix))
        {
            if (entry.IsFolder && string.CompareOrdinal(entry.Key, 0, startAfter, 0, entry.Key.Length) >= 0)
            {
                foreach (var o in Walk(entry.Key, startAfter))
                {
                    yield return o;
                }
            }
            else if (!entry.IsFolder && string.CompareOrdinal(entry.Key, startAfter) > 0 && new FileInfo(PathOf(entry.Key)) is { Exists: true } file)
            {
                yield return new ArchivedObject(entry.Key, file.Length, file.LastWriteTimeUtc);
            }
        }
    }

    /// <summary>What lies directly under a prefix, in the order of keys; folders end with a slash.</summary>
    private List<(string Key, bool IsFolder)> EntriesOf(string prefix)
    {
        var folder = prefix.Length == 0 ? new DirectoryInfo(_root) : new DirectoryInfo(PathOf(prefix));
        return !folder.Exists ? [] :
        [
            .. folder.EnumerateFileSystemInfos().Where(entry => entry.Name[0] != '.')
                .Select(entry => entry is DirectoryInfo ? ($"{prefix}{entry.Name}/", true) : (prefix + entry.Name, false))
                .OrderBy(entry => entry.Item1, StringComparer.Ordinal),
        ];
    }

    private string PathOf(string key)
    {
        var path = Path.GetFullPath(Path.Combine(_root, key));
        return path.StartsWith(_root + Path.DirectorySeparatorChar, StringComparison.Ordinal)
            ? path
            : throw new ArgumentException($"'{key}' is not a key of the archive.", nameof(key));
    }

    /// <summary>Creates a folder.</summary>
    /// <returns>The folders whose entries are new: the folder itself, and those above it as far as they were created.</returns>
    private IEnumerable<string> Create(string folder)
    {
        var changed = new List<string> { folder };
        for (var at = folder; at != _root && !Directory.Exists(at); at = Path.GetDirectoryName(at)!)
        {
            changed.Add(Path.GetDirectoryName(at)!);
        }

        Directory.CreateDirectory(folder);
        return changed;
    }
}
