using System.Collections.Concurrent;
using DdocCost.Domain.Ingestion;
using DdocCost.Domain.Storage;
using Npgsql;

namespace DdocCost.Domain.Sources;

/// <summary>Takes in the log files of a folder. Its read position is what it took: path, size and last write of each file.</summary>
public sealed class FolderSource(Intake intake, IntakeStore store, NpgsqlDataSource database, TimeProvider clock)
{
    /// <summary>Files per transaction of the intake.</summary>
    private const int FilesAtOnce = 256;

    // What was taken, as far as this process knows. Where another process took something too, it is read once more and found to be known.
    private readonly ConcurrentDictionary<(string Tenant, string Source), Seen> _seen = [];

    /// <summary>The source's name.</summary>
    public static string NameOf(string path) => "folder:" + Path.GetFullPath(path);

    /// <summary>Takes in what is new or has changed.</summary>
    /// <param name="tenantId">Whose folder it is.</param>
    /// <param name="path">The folder, or a single file.</param>
    /// <param name="settle">Files written this recently are left for the next time: somebody may still be writing.</param>
    /// <param name="progress">Told after each transaction; may be null.</param>
    /// <param name="cancellationToken">Stops it between two transactions.</param>
    /// <returns>What happened; null where another process looks at the folder at this moment.</returns>
    /// <exception cref="IOException">There is nothing at that path, or it cannot be read.</exception>
    public async Task<FolderOutcome?> TakeNewAsync(
        string tenantId, string path, TimeSpan settle, IProgress<FolderProgress>? progress, CancellationToken cancellationToken)
    {
        var source = NameOf(path);
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        if (!await connection.ScalarAsync<bool>("select pg_try_advisory_lock(hashtextextended($1, 0))", cancellationToken, $"{tenantId}/{source}"))
        {
            return null;
        }

        try
        {
            return await TakeAsync(tenantId, source, path, settle, progress, cancellationToken);
        }
        finally
        {
            await connection.ExecuteAsync("select pg_advisory_unlock(hashtextextended($1, 0))", CancellationToken.None, $"{tenantId}/{source}");
        }
    }

    private async Task<FolderOutcome> TakeAsync(
        string tenantId, string source, string path, TimeSpan settle, IProgress<FolderProgress>? progress, CancellationToken cancellationToken)
    {
        if (!_seen.TryGetValue((tenantId, source), out var known))
        {
            _seen[(tenantId, source)] = known = new Seen(await store.FilesOfAsync(tenantId, source, cancellationToken), new FolderLook(clock));
        }

        var seen = known.Look.At(path);
        var fresh = seen.Where(file => known.Files.GetValueOrDefault(file.File.Path) != file.File).ToList();
        var settled = fresh.Where(file => !IsBeingWritten(file, settle)).ToList();
        var outcome = new FolderOutcome(seen.Count, fresh.Count - settled.Count, IntakeOutcome.None);
        var (done, total) = (seen.Count - fresh.Count, seen.Count);
        var chunks = settled.Chunk(FilesAtOnce).ToList();
        var next = 0;
        await foreach (var scanned in intake.ScanAheadAsync(chunks.Select(chunk => chunk.Select(file => file.ToDelivery()).ToList()), cancellationToken))
        {
            using (scanned)
            {
                var (chunk, taken) = (chunks[next++], await intake.TakeAsync(tenantId, source, scanned, cancellationToken));
                outcome = outcome with { Taken = outcome.Taken.And(taken) };
                var failed = taken.Failed.Select(file => file.Name).ToHashSet();
                foreach (var file in chunk.Where(file => !failed.Contains(file.File.Path)))
                {
                    known.Files[file.File.Path] = file.File;
                }

                progress?.Report(new FolderProgress(done += chunk.Length, total));
            }
        }

        return outcome;
    }

    private bool IsBeingWritten(TrailFile file, TimeSpan settle)
    {
        var age = clock.GetUtcNow() - file.File.ModifiedAt;
        return age >= TimeSpan.Zero && age < settle;
    }

    private sealed record Seen(Dictionary<string, SourceFile> Files, FolderLook Look);
}

/// <summary>What a look at a folder brought.</summary>
/// <param name="FilesSeen">Log files that were looked at.</param>
/// <param name="FilesWaiting">New ones left for the next time.</param>
/// <param name="Taken">What was taken in.</param>
public sealed record FolderOutcome(int FilesSeen, int FilesWaiting, IntakeOutcome Taken)
{
    /// <summary>Nothing.</summary>
    public static readonly FolderOutcome None = new(0, 0, IntakeOutcome.None);
}

/// <summary>How far a folder is taken in.</summary>
/// <param name="FilesDone">Files that are in, those of earlier times included.</param>
/// <param name="Files">Files there.</param>
public readonly record struct FolderProgress(int FilesDone, int Files);
