using System.Globalization;
using System.Text.RegularExpressions;
using DdocCost.Agent.Aws;
using DdocCost.Agent.Spool;

namespace DdocCost.Agent.Readers;

/// <summary>
/// Reads a trail's bucket. Below <c>AWSLogs/</c> it knows CloudTrail's layout and lists only the days that can have news, for each account
/// and region; elsewhere it goes on behind the last key. Late files are found for 90 minutes, and everything since the last good look after
/// an absence.
/// </summary>
internal sealed partial class S3Reader : ISourceReader, IDisposable
{
    private const int ObjectsAtOnce = 16;
    private const int DaysRemembered = 14;
    private static readonly TimeSpan LookBack = TimeSpan.FromMinutes(90);
    private static readonly TimeSpan FoldersKnown = TimeSpan.FromMinutes(10);

    private readonly S3Client _s3;
    private readonly string _bucket;
    private readonly string _prefix;
    private readonly string _positionFile;
    private readonly SeenNames _seen;
    private readonly DateTimeOffset _since;
    private List<string> _trails = [];
    private DateTimeOffset _foldersAt;

    /// <param name="source"><c>s3://bucket/prefix?region=eu-west-1&amp;since=2026-09-01</c>.</param>
    /// <param name="positions">Where read positions are kept.</param>
    /// <param name="aws">Calls AWS.</param>
    /// <exception cref="FormatException">It is not of that form.</exception>
    public S3Reader(string source, string positions, AwsCaller aws)
    {
        if (Form().Match(source) is not { Success: true } form)
        {
            throw new FormatException($"source '{source}' is not of the form s3://bucket/prefix?region=eu-west-1");
        }

        var options = SourceQuery.Of(form.Groups["query"].Value);
        (_bucket, _prefix) = (form.Groups["bucket"].Value, form.Groups["prefix"].Value);
        _s3 = new S3Client(aws, options.GetValueOrDefault("region") ?? aws.DefaultRegion ?? "us-east-1");
        _since = options.TryGetValue("since", out var since)
            ? DateTimeOffset.TryParse(since, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : throw new FormatException($"source '{source}': since is a date")
            : DateTimeOffset.UtcNow.AddDays(-1);
        State = new SourceState(source);
        _positionFile = PositionFile.Of(positions, source) + ".position";
        var today = DateTimeOffset.UtcNow.ToUnixTimeSeconds() / 86400;
        _seen = new SeenNames(PositionFile.Of(positions, source), (_, day) => today - day <= DaysRemembered);
    }

    /// <inheritdoc/>
    public SourceState State { get; }

    /// <inheritdoc/>
    public async Task<bool> LookAsync(Outbox outbox, CancellationToken cancellationToken)
    {
        var began = DateTimeOffset.UtcNow;
        await FindTrailsAsync(began, cancellationToken);
        if (_trails.Count == 0)
        {
            return await ReadBehindAsync(outbox, cancellationToken);
        }

        var from = DateTimeOffset.TryParse(SmallFile.Read(_positionFile), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var last) ? last : _since;
        from = from < began - LookBack ? from : began - LookBack;
        foreach (var trail in _trails)
        {
            for (var day = from.UtcDateTime.Date; day <= began.UtcDateTime.Date; day = day.AddDays(1))
            {
                var folder = trail + day.ToString("yyyy'/'MM'/'dd'/'", CultureInfo.InvariantCulture);
                // Names begin alike in a folder: 111122223333_CloudTrail_eu-west-1_20260907T0310Z_….json.gz
                var (account, region) = NamesIn(trail);
                var start = day == from.UtcDateTime.Date ? $"{folder}{account}_CloudTrail_{region}_{from.UtcDateTime:yyyyMMdd'T'HHmm}" : "";
                await ReadAsync(outbox, folder, start, cancellationToken);
            }
        }

        SmallFile.Write(_positionFile, (began - LookBack).ToString("O", CultureInfo.InvariantCulture), flush: false);
        return false;
    }

    public void Dispose() => _seen.Dispose();

    /// <summary>Folders of account and region: …/AWSLogs/[o-…/]111122223333/CloudTrail/eu-west-1/.</summary>
    private async Task FindTrailsAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (now - _foldersAt < FoldersKnown)
        {
            return;
        }

        var found = new List<string>();
        var roots = new Stack<string>([_prefix.Contains("AWSLogs/", StringComparison.Ordinal) ? _prefix : _prefix.Length == 0 ? "AWSLogs/" : $"{_prefix.TrimEnd('/')}/AWSLogs/"]);
        while (roots.TryPop(out var root))
        {
            if (TrailFolder().IsMatch(root))
            {
                found.Add(root);
                continue;
            }

            string? continuation = null;
            do
            {
                (_, var folders, continuation) = await _s3.ListAsync(_bucket, root, "", folders: true, continuation, cancellationToken);
                foreach (var folder in folders.Where(folder => OnTheWay().IsMatch(folder)))
                {
                    roots.Push(folder);
                }
            }
            while (continuation is not null);
        }

        (_trails, _foldersAt) = ([.. found.Order(StringComparer.Ordinal)], now);
    }

    private async Task<bool> ReadBehindAsync(Outbox outbox, CancellationToken cancellationToken)
    {
        var last = await ReadAsync(outbox, _prefix, SmallFile.Read(_positionFile) ?? "", cancellationToken);
        if (last.Length > 0)
        {
            SmallFile.Write(_positionFile, last, flush: false);
        }

        return false;
    }

    /// <returns>The last key; empty for none.</returns>
    private async Task<string> ReadAsync(Outbox outbox, string prefix, string startAfter, CancellationToken cancellationToken)
    {
        var last = "";
        string? continuation = null;
        do
        {
            (var objects, _, continuation) = await _s3.ListAsync(_bucket, prefix, startAfter, folders: false, continuation, cancellationToken);
            foreach (var chunk in objects.Where(o => !_seen.Has(o.Key, "") && o.Bytes > 0 && !NoLog().IsMatch(o.Key)).Chunk(ObjectsAtOnce))
            {
                var contents = await Task.WhenAll(chunk.Select(o => _s3.GetAsync(_bucket, o.Key, cancellationToken)));
                await outbox.AddAsync(State, [.. chunk.Zip(contents, (o, content) => new ReadItem(o.Key, content))], cancellationToken);
                _seen.Add(chunk.Select(o => (o.Key, "")));
                State.Read(chunk.Length, chunk[^1].ModifiedAt);
            }

            last = objects.Count > 0 ? objects[^1].Key : last;
        }
        while (continuation is not null);
        return last;
    }

    private static (string Account, string Region) NamesIn(string trail) => trail.TrimEnd('/').Split('/') is [.., var account, _, var region] ? (account, region) : ("", "");

    [GeneratedRegex(@"^s3://(?<bucket>[a-z0-9.-]{3,63})(/(?<prefix>[^?]*))?(\?(?<query>.*))?$")]
    private static partial Regex Form();

    [GeneratedRegex(@"(^|/)AWSLogs/(o-[a-z0-9]+/)?\d{12}/CloudTrail/[a-z0-9-]+/$")]
    private static partial Regex TrailFolder();

    [GeneratedRegex(@"(^|/)AWSLogs/(o-[a-z0-9]+/)?(\d{12}/(CloudTrail/([a-z0-9-]+/)?)?)?$")]
    private static partial Regex OnTheWay();

    [GeneratedRegex(@"/CloudTrail-(Digest|Insight)/")]
    private static partial Regex NoLog();
}
