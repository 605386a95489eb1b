using System.Globalization;
using System.Text.RegularExpressions;
using DdocCost.Domain.Ingestion;
using DdocCost.Domain.Pipeline;

namespace DdocCost.Domain.Sources;

/// <summary>A log file in a folder.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="File">Its path within the folder, size and last write.</param>
/// <param name="IsBesideTrail">See <see cref="Delivery.IsBesideTrail"/>.</param>
public sealed partial record TrailFile(string Path, SourceFile File, bool IsBesideTrail)
{
    /// <summary>When it was delivered: the stamp that CloudTrail puts into the name (<c>…_20260907T0310Z_….json.gz</c>), else its last write. UTC.</summary>
    public DateTimeOffset At { get; } = StampOf(File.Path) ?? File.ModifiedAt;

    /// <summary>The log files of a folder, or the one file, in the order of delivery; among those of one minute by path.</summary>
    /// <param name="path">The folder or file.</param>
    /// <param name="leavesOut">Folders below it, by full path, that are not looked into; null for none.</param>
    /// <exception cref="IOException">There is nothing at that path, or it cannot be read.</exception>
    public static IReadOnlyList<TrailFile> In(string path, Func<string, bool>? leavesOut = null)
    {
        if (System.IO.File.Exists(path))
        {
            return [Of(new FileInfo(path), System.IO.Path.GetFullPath(path), isBesideTrail: false)];
        }

        var besideTrail = new Dictionary<string, bool>();
        return
        [
            .. ReplayInput.FilesBelow(path, leavesOut)
                .Where(file => ReplayInput.IsLog(file) && !file.Name.StartsWith('.'))
                .Select(file => Of(file, System.IO.Path.GetRelativePath(path, file.FullName), LiesBesideTrail(file.DirectoryName!, besideTrail)))
                .OrderBy(file => file.At).ThenBy(file => file.File.Path, StringComparer.Ordinal),
        ];
    }

    /// <summary>As something to take in.</summary>
    public Delivery ToDelivery() => new(File.Path, At, Open) { File = File, IsBesideTrail = IsBesideTrail };

    // The reader and the archive have buffers of their own.
    private FileStream Open() => new(Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0, FileOptions.SequentialScan);

    private static TrailFile Of(FileInfo file, string name, bool isBesideTrail)
    {
        var time = file.LastWriteTimeUtc;
        var modifiedAt = new DateTimeOffset(time.Ticks - time.Ticks % TimeSpan.TicksPerMicrosecond, TimeSpan.Zero); // as precise as the database
        return new TrailFile(file.FullName, new SourceFile(name, file.Length, modifiedAt), isBesideTrail);
    }

    private static bool LiesBesideTrail(string folder, Dictionary<string, bool> known) =>
        known.TryGetValue(folder, out var beside) ? beside : known[folder] = Directory.Exists(System.IO.Path.Combine(folder, "AWSLogs"));

    private static DateTimeOffset? StampOf(string name) =>
        Stamp().Match(name) is { Success: true } match
        && DateTimeOffset.TryParseExact(match.Value, "'_'yyyyMMdd'T'HHmm'Z_'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : null;

    [GeneratedRegex(@"_\d{8}T\d{4}Z_", RegexOptions.RightToLeft)]
    private static partial Regex Stamp();
}
