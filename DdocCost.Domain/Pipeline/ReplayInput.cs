using System.IO.Enumeration;

namespace DdocCost.Domain.Pipeline;

/// <summary>The files a replay reads, in an order that does not depend on the file system.</summary>
/// <param name="Files">What is read.</param>
/// <param name="Skipped">Paths, relative to the folder, of files whose names say that they are no logs.</param>
public sealed record ReplayInput(IReadOnlyList<ReplayFile> Files, IReadOnlyList<string> Skipped)
{
    private static readonly string[] LogEndings = [".json", ".jsonl", ".ndjson", ".gz", ".log"];

    /// <summary>Finds the files of a path: a file is taken whatever its name, a folder is searched to its depth.</summary>
    /// <exception cref="FileNotFoundException">There is nothing at that path.</exception>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be read.</exception>
    public static ReplayInput Of(string path)
    {
        if (File.Exists(path))
        {
            return new ReplayInput([new ReplayFile(path, path, new FileInfo(path).Length, IsBesideTrail: false)], []);
        }

        if (!Directory.Exists(path))
        {
            throw new FileNotFoundException($"There is no file or folder at '{path}'.", path);
        }

        var everything = FilesBelow(path)
            .Select(file => (file, name: Path.GetRelativePath(path, file.FullName)))
            .OrderBy(item => item.name, StringComparer.Ordinal)
            .ToLookup(item => IsLog(item.file));
        return new ReplayInput(
            [.. everything[true].Select(item => new ReplayFile(item.file.FullName, item.name, item.file.Length, IsBesideTrail(item.file)))],
            [.. everything[false].Select(item => item.name)]);
    }

    /// <summary>All files to the depth of a folder; links to folders are not followed, for they may lead back.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="leavesOut">Folders below it, by full path, that are not looked into; null for none.</param>
    internal static FileSystemEnumerable<FileInfo> FilesBelow(string path, Func<string, bool>? leavesOut = null) => new(
        path, (ref entry) => (FileInfo)entry.ToFileSystemInfo(), new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = false, AttributesToSkip = FileAttributes.None })
    {
        ShouldIncludePredicate = (ref entry) => !entry.IsDirectory,
        ShouldRecursePredicate = (ref entry) =>
            !entry.Attributes.HasFlag(FileAttributes.ReparsePoint) && (leavesOut is null || !leavesOut(entry.ToFullPath())),
    };

    /// <summary>Whether its name is one that logs have.</summary>
    internal static bool IsLog(FileInfo file) => LogEndings.Contains(file.Extension, StringComparer.OrdinalIgnoreCase);

    private static bool IsBesideTrail(FileInfo file) => Directory.Exists(Path.Combine(file.DirectoryName!, "AWSLogs"));
}

/// <summary>A file of a replay.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="Name">What it is called in notes and rejects: its path within the folder.</param>
/// <param name="Bytes">Its size as it lies on disk.</param>
/// <param name="IsBesideTrail">
/// It lies next to a trail's <c>AWSLogs</c> folder and not in it. A JSON file there that is not CloudTrail is an exporter's own, such as a
/// list of labels, and no damaged log.
/// </param>
public sealed record ReplayFile(string Path, string Name, long Bytes, bool IsBesideTrail);
