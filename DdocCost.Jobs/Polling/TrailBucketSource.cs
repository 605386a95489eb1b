using System.Collections.Concurrent;
using System.Globalization;
using DdocCost.Domain.Ingestion;
using DdocCost.Domain.Sources;
using DdocCost.Jobs.Aws;

namespace DdocCost.Jobs.Polling;

/// <summary>
/// A trail's bucket, listed by key order: each account's region is a branch with a position and a rhythm of its own, so thousands of them
/// cost a request each now and then, and what else lies in the bucket is never listed.
/// </summary>
internal sealed class TrailBucketSource(
    S3Bucket bucket, TrailSource.TrailBucket settings, string tenantId, string id, IReadOnlySet<string>? accounts,
    Intake intake, SourcePositions positions, PollingOptions options, TimeProvider clock) : ITrailSource
{
    private const int BranchesAtOnce = 64;
    private const int ListingsAtATime = 8;
    private const int FilesAtOnce = 256;
    private const long BytesAtOnce = 64 << 20;
    private const int MostFolderPages = 20;

    /// <summary>Listing requests a second that looking for new branches may take.</summary>
    private const double DiscoveryPerSecond = 3;

    private readonly Dictionary<string, TrailBranch> _branches = new(StringComparer.Ordinal);
    private readonly string _root = settings.Prefix.Length == 0 ? "AWSLogs/" : settings.Prefix + "/AWSLogs/";
    private readonly DateTimeOffset _historyFrom = clock.GetUtcNow().AddDays(-settings.HistoryDays);
    private DateTimeOffset _discoverAt;
    private bool _isLoaded;

    /// <inheritdoc/>
    public string Id => id;

    /// <inheritdoc/>
    public async Task<SourceReading> ReadAsync(CancellationToken cancellationToken)
    {
        await DiscoverAsync(cancellationToken);
        var now = clock.GetUtcNow();
        var due = _branches.Values.Where(branch => branch.DueAt <= now).OrderBy(branch => branch.DueAt).Take(BranchesAtOnce).ToList();
        var listed = await ListAsync(due, cancellationToken);
        var (outcome, taken, failed) = await TakeAsync(listed, cancellationToken);
        foreach (var (branch, page) in listed)
        {
            await FinishAsync(branch, page, taken, failed, cancellationToken);
        }

        return Reading(outcome, failed);
    }

    private SourceReading Reading(IntakeOutcome outcome, IReadOnlyDictionary<string, string> failed)
    {
        var now = clock.GetUtcNow();
        var next = _branches.Values.Select(branch => branch.DueAt).Append(_discoverAt).Min();
        var behind = _branches.Values.Where(branch => branch.IsBehind).ToList();
        return new SourceReading(outcome)
        {
            HasMore = next <= now,
            Rest = next > now ? next - now : TimeSpan.Zero,
            Progress = behind.Count == 0 ? null : string.Create(CultureInfo.InvariantCulture,
                $"{_branches.Count - behind.Count} of {_branches.Count} regions are up to date; the others are read up to {behind.Min(branch => branch.ReadUpTo):yyyy-MM-dd HH:mm} UTC."),
            Problem = failed.Values.FirstOrDefault() ?? (_branches.Count > 0 ? null : $"There are no log files under {settings.Place} yet."),
        };
    }

    /// <summary>Finds the accounts and regions there are. A region's first log file makes a new one, and that is what matters most.</summary>
    private async Task DiscoverAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (!_isLoaded)
        {
            foreach (var (prefix, position) in await positions.OfAsync(tenantId, Id, cancellationToken))
            {
                _branches[prefix] = new TrailBranch(prefix, position, now);
            }

            _isLoaded = true;
        }

        if (now < _discoverAt)
        {
            return;
        }

        var folders = await AccountFoldersAsync(cancellationToken);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = ListingsAtATime, CancellationToken = cancellationToken };
        var found = new ConcurrentBag<string>();
        await Parallel.ForEachAsync(folders, parallel, async (folder, token) =>
        {
            foreach (var region in await bucket.FoldersAsync($"{folder}CloudTrail/", mostPages: 1, token))
            {
                found.Add($"{folder}CloudTrail/{region}/");
            }
        });
        foreach (var prefix in found.Where(prefix => !_branches.ContainsKey(prefix)))
        {
            _branches[prefix] = new TrailBranch(prefix, position: null, now);
        }

        var slowest = TimeSpan.FromSeconds(folders.Count / DiscoveryPerSecond);
        _discoverAt = now + (slowest > options.DiscoverEvery ? slowest : options.DiscoverEvery);
    }

    /// <summary>The folders of accounts, directly under <c>AWSLogs/</c> or under an organisation's.</summary>
    private async Task<List<string>> AccountFoldersAsync(CancellationToken cancellationToken)
    {
        var folders = new List<string>();
        foreach (var name in await bucket.FoldersAsync(_root, MostFolderPages, cancellationToken))
        {
            if (TrailKey.IsOrganization(name))
            {
                var members = await bucket.FoldersAsync($"{_root}{name}/", MostFolderPages, cancellationToken);
                folders.AddRange(members.Where(IsWanted).Select(member => $"{_root}{name}/{member}/"));
            }
            else if (IsWanted(name))
            {
                folders.Add($"{_root}{name}/");
            }
        }

        return folders;
    }

    private bool IsWanted(string account) => TrailKey.IsAccount(account) && (accounts is null || accounts.Contains(account));

    private async Task<List<(TrailBranch Branch, S3Page Page)>> ListAsync(List<TrailBranch> due, CancellationToken cancellationToken)
    {
        var pages = new S3Page[due.Count];
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = ListingsAtATime, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, due.Count, parallel, async (i, token) =>
        {
            var branch = due[i];
            branch.Known ??= branch.FarthestBack(options) is { } back ? await positions.FilesBehindAsync(tenantId, Id, branch.Prefix, back, token) : [];
            pages[i] = await bucket.ListAsync(branch.Prefix, branch.StartAfter(options, _historyFrom, clock.GetUtcNow()), token);
        });
        return [.. due.Zip(pages)];
    }

    private async Task<(IntakeOutcome Outcome, HashSet<SourceFile> Taken, Dictionary<string, string> Failed)> TakeAsync(
        List<(TrailBranch Branch, S3Page Page)> listed, CancellationToken cancellationToken)
    {
        var fresh = listed
            .SelectMany(one => one.Page.Objects.Where(o => TrailKey.IsLog(o.Key)).Select(FileOf).Where(file => !one.Branch.Known!.Contains(file)))
            .OrderBy(file => TrailKey.StampOf(file.Path)).ThenBy(file => file.Path, StringComparer.Ordinal);
        var (outcome, taken, failed) = (IntakeOutcome.None, new HashSet<SourceFile>(), new Dictionary<string, string>());
        foreach (var chunk in Chunks(fresh))
        {
            using var fetched = await ObjectFetcher.FetchAsync([.. chunk.Select(file => (bucket, file.Path))], cancellationToken);
            var deliveries = chunk.Where(file => fetched.Bytes.ContainsKey(file.Path))
                .Select(file => fetched.ToDelivery(file.Path, TrailKey.StampOf(file.Path)!.Value, accounts) with { File = file });
            var more = await intake.TakeAsync(tenantId, Id, [.. deliveries], cancellationToken);
            outcome = outcome.And(more);
            foreach (var (key, reason) in fetched.Failed.Select(one => (one.Key, MissingPermission.Describe(one.Value))).Concat(more.Failed))
            {
                failed[key] = reason;
            }

            taken.UnionWith(chunk.Where(file => !failed.ContainsKey(file.Path)));
        }

        return (outcome, taken, failed);
    }

    private async Task FinishAsync(
        TrailBranch branch, S3Page page, HashSet<SourceFile> taken, Dictionary<string, string> failed, CancellationToken cancellationToken)
    {
        var own = page.Objects.Select(FileOf).Where(taken.Contains).ToList();
        if (!branch.Finish(page, own, [.. page.Objects.Select(o => o.Key).Where(failed.ContainsKey)], options, clock.GetUtcNow()))
        {
            return;
        }

        await positions.MoveAsync(tenantId, Id, branch.Prefix, branch.Position!, cancellationToken);
        if (branch.FarthestBack(options) is { } back)
        {
            branch.Known!.RemoveWhere(file => string.CompareOrdinal(file.Path, back) <= 0);
            await positions.ForgetFilesAsync(tenantId, Id, branch.Prefix, back, cancellationToken);
        }
    }

    private static SourceFile FileOf(S3Object o) => new(o.Key, o.Bytes, o.ModifiedAt.AddTicks(-(o.ModifiedAt.Ticks % TimeSpan.TicksPerMicrosecond)));

    /// <summary>As many at a time as make good use of a transaction and fit into memory.</summary>
    private static IEnumerable<List<SourceFile>> Chunks(IEnumerable<SourceFile> files)
    {
        var (chunk, bytes) = (new List<SourceFile>(), 0L);
        foreach (var file in files)
        {
            if (chunk.Count == FilesAtOnce || (chunk.Count > 0 && bytes + file.Bytes > BytesAtOnce))
            {
                yield return chunk;
                (chunk, bytes) = ([], 0);
            }

            chunk.Add(file);
            bytes += file.Bytes;
        }

        if (chunk.Count > 0)
        {
            yield return chunk;
        }
    }
}
