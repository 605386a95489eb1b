using System.Runtime.InteropServices;

namespace DdocCost.Domain.Ingestion;

/// <summary>The raw archive as a folder. A stored object survives a power cut: its bytes and every folder above it are flushed before it counts.</summary>
public sealed partial class FolderArchive : IRawArchive
{
    private readonly string _root;
    private readonly string _drafts;

    /// <summary>Opens or creates the archive.</summary>
    /// <param name="folder">Where it lies.</param>
    public FolderArchive(string folder)
    {
        _root = Path.GetFullPath(folder);
        _drafts = Path.Combine(_root, ".drafts");
        Directory.CreateDirectory(_drafts);
    }

    /// <inheritdoc/>
    public ArchiveDraft Begin() => new(Path.Combine(_drafts, Guid.NewGuid().ToString("N")));

    /// <inheritdoc/>
    public async Task StoreAsync(IReadOnlyCollection<ArchiveObject> objects, CancellationToken cancellationToken)
    {
        // Many at a time: the file system's journal takes them together.
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = 16, CancellationToken = cancellationToken };
        var folders = objects.Select(o => Path.GetDirectoryName(PathOf(o.Key))!).Distinct().SelectMany(Create).ToHashSet();
        await Parallel.ForEachAsync(objects, parallel, (o, _) =>
        {
            Flush(o.Draft.Path);
            File.Move(o.Draft.Path, PathOf(o.Key), overwrite: true);
            return ValueTask.CompletedTask;
        });
        await Parallel.ForEachAsync(folders, parallel, (folder, _) =>
        {
            Flush(folder);
            return ValueTask.CompletedTask;
        });
    }

    /// <inheritdoc/>
    public Stream Open(string key) => new FileStream(PathOf(key), FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1);

    /// <summary>Deletes drafts that a killed process left behind.</summary>
    /// <param name="before">Only those last written before this moment.</param>
    /// <returns>How many.</returns>
    public int DeleteAbandonedDrafts(DateTimeOffset before)
    {
        var abandoned = new DirectoryInfo(_drafts).EnumerateFiles().Where(file => file.LastWriteTimeUtc < before.UtcDateTime).ToList();
        abandoned.ForEach(file => file.Delete());
        return abandoned.Count;
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

    /// <summary>Waits until a file's bytes, or a folder's entries, are on the disk. .NET opens no folders, so this is the system's own call.</summary>
    private static void Flush(string path)
    {
        const int readOnly = 0;
        var descriptor = OpenPath(path, readOnly);
        if (descriptor < 0)
        {
            throw new IOException($"'{path}' cannot be opened: {Marshal.GetLastPInvokeErrorMessage()}");
        }

        try
        {
            if (FlushToDisk(descriptor) != 0)
            {
                throw new IOException($"'{path}' cannot be flushed to disk: {Marshal.GetLastPInvokeErrorMessage()}");
            }
        }
        finally
        {
            _ = ClosePath(descriptor);
        }
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int OpenPath(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int FlushToDisk(int descriptor);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int ClosePath(int descriptor);
}
