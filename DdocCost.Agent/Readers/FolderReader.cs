using System.Globalization;
using System.Text.RegularExpressions;

namespace DdocCost.Agent.Readers;

/// <summary>Reads log files that appear in a folder, those of CloudTrail in the order of the stamps in their names.</summary>
internal sealed partial class FolderReader : ISourceReader, IDisposable
{
    private const int FilesAtOnce = 64;
    private const long BytesAtOnce = 4 << 20;
    private static readonly TimeSpan LongestSettle = TimeSpan.FromSeconds(2);

    private readonly string _folder;
    private readonly TimeSpan _settle;
    private readonly SeenNames _seen;

    /// <param name="source">As configured: <c>folder:/path</c>.</param>
    /// <param name="positions">Where read positions are kept.</param>
    /// <param name="poll">How often it is looked at; a file not written to for as long, or for two seconds, is taken.</param>
    public FolderReader(string source, string positions, TimeSpan poll)
    {
        _folder = source["folder:".Length..];
        _settle = poll < LongestSettle ? poll : LongestSettle;
        State = new SourceState(source);
        _seen = new SeenNames(PositionFile.Of(positions, source), (name, _) => File.Exists(Path.Combine(_folder, name)));
    }

    /// <inheritdoc/>
    public SourceState State { get; }

    /// <inheritdoc/>
    public async Task<bool> LookAsync(Outbox outbox, CancellationToken cancellationToken)
    {
        var now = DateTime.UtcNow;
        var fresh = new DirectoryInfo(_folder).EnumerateFiles("*", SearchOption.AllDirectories)
            .Where(file => IsLog(file.Name) && (now - file.LastWriteTimeUtc >= _settle || file.LastWriteTimeUtc > now))
            .Select(file => (File: file, Name: Path.GetRelativePath(_folder, file.FullName), Mark: MarkOf(file)))
            .Where(file => !_seen.Has(file.Name, file.Mark))
            .OrderBy(file => StampOf(file.File.Name) ?? file.File.LastWriteTimeUtc).ThenBy(file => file.Name, StringComparer.Ordinal)
            .ToList();
        for (var i = 0; i < fresh.Count;)
        {
            var chunk = new List<(FileInfo File, string Name, string Mark)>();
            for (long bytes = 0; i < fresh.Count && chunk.Count < FilesAtOnce && bytes < BytesAtOnce; i++)
            {
                bytes += fresh[i].File.Length;
                chunk.Add(fresh[i]);
            }

            await outbox.AddAsync(State, [.. chunk.Select(file => new ReadItem(file.Name, File.ReadAllBytes(file.File.FullName)))], cancellationToken);
            _seen.Add(chunk.Select(file => (file.Name, file.Mark)));
            State.Read(chunk.Count, chunk[^1].File.LastWriteTimeUtc);
        }

        return false;
    }

    public void Dispose() => _seen.Dispose();

    private static string MarkOf(FileInfo file) => string.Create(CultureInfo.InvariantCulture, $"{file.Length}-{file.LastWriteTimeUtc.Ticks}");

    private static bool IsLog(string name) => name[0] != '.'
        && (name.EndsWith(".json", StringComparison.Ordinal) || name.EndsWith(".json.gz", StringComparison.Ordinal) || name.EndsWith(".gz", StringComparison.Ordinal)
            || name.EndsWith(".jsonl", StringComparison.Ordinal) || name.EndsWith(".ndjson", StringComparison.Ordinal));

    private static DateTime? StampOf(string name) =>
        Stamp().Match(name) is { Success: true } match && DateTime.TryParseExact(
            match.Value, "'_'yyyyMMdd'T'HHmm'Z_'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) ? time : null;

    [GeneratedRegex(@"_\d{8}T\d{4}Z_", RegexOptions.RightToLeft)]
    private static partial Regex Stamp();
}
