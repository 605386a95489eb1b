using DdocCost.Domain.Ingestion;
using DdocCost.Jobs.Aws;

namespace DdocCost.Jobs.Polling;

/// <summary>One account's region in a trail's bucket: how far it is read and when to look again. Used by one look at a time.</summary>
/// <param name="prefix">Up to and including the region: <c>AWSLogs/111122223333/CloudTrail/eu-west-1/</c>.</param>
/// <param name="position">The last key before which nothing is missing; null where nothing was read yet.</param>
/// <param name="now">When it was found.</param>
internal sealed class TrailBranch(string prefix, string? position, DateTimeOffset now)
{
    /// <summary>Every so often a day more is listed: what comes in later than <see cref="PollingOptions.LookBack"/> is found then.</summary>
    private static readonly TimeSpan DeepEvery = TimeSpan.FromHours(6);

    private static readonly TimeSpan Deep = TimeSpan.FromDays(1);

    private readonly SortedSet<string> _failing = new(StringComparer.Ordinal);
    private DateTimeOffset _foundAt = now;
    private DateTimeOffset _deepAt = now;
    private TimeSpan _rhythm = TimeSpan.Zero;
    private string? _cursor;

    /// <summary>What its keys begin with.</summary>
    public string Prefix => prefix;

    /// <summary>The last key before which nothing is missing.</summary>
    public string? Position { get; private set; } = position;

    /// <summary>Files taken, as far back as they may be listed again; null until they are loaded.</summary>
    public HashSet<SourceFile>? Known { get; set; }

    /// <summary>When to look next.</summary>
    public DateTimeOffset DueAt { get; private set; } = now;

    /// <summary>A listing is under way, and more of it follows.</summary>
    public bool IsBehind => _cursor is not null;

    /// <summary>The stamp up to which it is read; null where nothing was.</summary>
    public DateTimeOffset? ReadUpTo => (_cursor ?? Position) is { } key ? TrailKey.StampOf(key) : null;

    /// <summary>The key behind which keys may be listed again; those taken up to it can be forgotten.</summary>
    public string? FarthestBack(PollingOptions options) =>
        Position is { } key && TrailKey.StampOf(key) is { } stamp ? TrailKey.Before(prefix, stamp - options.LookBack - Deep - TimeSpan.FromHours(1)) : null;

    /// <summary>The key to list behind.</summary>
    /// <param name="options">How far to look back.</param>
    /// <param name="historyFrom">Where to begin what was never read.</param>
    /// <param name="at">Now.</param>
    public string StartAfter(PollingOptions options, DateTimeOffset historyFrom, DateTimeOffset at)
    {
        if (_cursor is not null)
        {
            return _cursor;
        }

        if (Position is null || TrailKey.StampOf(Position) is not { } stamp)
        {
            return TrailKey.Before(prefix, historyFrom);
        }

        return TrailKey.Before(prefix, stamp - options.LookBack - (at < _deepAt ? TimeSpan.Zero : Deep));
    }

    /// <summary>Notes what became of a page.</summary>
    /// <param name="page">What was listed.</param>
    /// <param name="taken">What was taken of it.</param>
    /// <param name="failed">Keys of it that could not be fetched; the position stays before them.</param>
    /// <param name="options">How often to look.</param>
    /// <param name="at">Now.</param>
    /// <returns>Whether the position moved.</returns>
    public bool Finish(S3Page page, IReadOnlyCollection<SourceFile> taken, IReadOnlyCollection<string> failed, PollingOptions options, DateTimeOffset at)
    {
        Known!.UnionWith(taken);
        _failing.ExceptWith(page.Objects.Select(o => o.Key));
        _failing.UnionWith(failed);
        _cursor = page is { IsTruncated: true, Objects: [.., var last] } ? last.Key : null;
        _deepAt = at < _deepAt ? _deepAt : at + DeepEvery;
        Schedule(taken.Count > 0, options, at);
        var reached = page.Objects.Select(o => o.Key).LastOrDefault(key => TrailKey.IsLog(key) && (_failing.Min is not { } failing || string.CompareOrdinal(key, failing) < 0));
        if (reached is null || (Position is not null && string.CompareOrdinal(reached, Position) <= 0))
        {
            return false;
        }

        Position = reached;
        return true;
    }

    /// <summary>As often as files come, eightfold, within bounds: what comes every five minutes is looked for every 40 seconds.</summary>
    private void Schedule(bool found, PollingOptions options, DateTimeOffset at)
    {
        if (found)
        {
            _rhythm = (_rhythm + (at - _foundAt)) / 2;
            _foundAt = at;
        }

        var quiet = at - _foundAt;
        var wait = (_rhythm > quiet ? _rhythm : quiet) / 8;
        DueAt = _cursor is not null ? at : at + (wait < options.BranchLeast ? options.BranchLeast : wait > options.BranchMost ? options.BranchMost : wait);
    }
}
