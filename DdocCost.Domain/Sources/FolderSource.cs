using System.Collections.Concurrent;
using DdocCost.Domain.Ingestion;
using DdocCost.Domain.Storage;
using Marten;
using Npgsql;

namespace DdocCost.Domain.Sources;

/// <summary>Takes in the log files of a folder. Its read position is what it took: path, size and last write of each file.</summary>
public sealed class FolderSource(Intake intake, IntakeStore store, IDocumentStore documents, NpgsqlDataSource database, TimeProvider clock)
{
    /// <summary>Files per transaction of the intake.</summary>
    private const int FilesAtOnce = 256;

    private static readonly TimeSpan StatusAtLeastEvery = TimeSpan.FromMinutes(1);

    // What was taken, as far as this process knows. Where another process took something too, it is read once more and found to be known.
    private readonly ConcurrentDictionary<(string Tenant, string Source), Dictionary<string, SourceFile>> _taken = [];

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
            var outcome = await TakeAsync(tenantId, source, path, settle, progress, cancellationToken);
            await RecordAsync(tenantId, source, outcome, error: null, cancellationToken);
            return outcome;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            await RecordAsync(tenantId, source, FolderOutcome.None, error.Message, cancellationToken);
            throw;
        }
        finally
        {
            await connection.ExecuteAsync("select pg_advisory_unlock(hashtextextended($1, 0))", CancellationToken.None, $"{tenantId}/{source}");
        }
    }

    private async Task<FolderOutcome> TakeAsync(
        string tenantId, string source, string path, TimeSpan settle, IProgress<FolderProgress>? progress, CancellationToken cancellationToken)
    {
        if (!_taken.TryGetValue((tenantId, source), out var known))
        {
            _taken[(tenantId, source)] = known = await store.FilesOfAsync(tenantId, source, cancellationToken);
        }

        var seen = TrailFile.In(path);
        var fresh = seen.Where(file => known.GetValueOrDefault(file.File.Path) != file.File).ToList();
        var settled = fresh.Where(file => !IsBeingWritten(file, settle)).ToList();
        var outcome = new FolderOutcome(seen.Count, fresh.Count - settled.Count, IntakeOutcome.None);
        var (done, total) = (seen.Count - fresh.Count, seen.Count);
        foreach (var chunk in settled.Chunk(FilesAtOnce))
        {
            var taken = await intake.TakeAsync(tenantId, source, [.. chunk.Select(file => file.ToDelivery())], cancellationToken);
            outcome = outcome with { Taken = outcome.Taken.And(taken) };
            var failed = taken.Failed.Select(file => file.Name).ToHashSet();
            foreach (var file in chunk.Where(file => !failed.Contains(file.File.Path)))
            {
                known[file.File.Path] = file.File;
            }

            progress?.Report(new FolderProgress(done += chunk.Length, total));
        }

        return outcome;
    }

    private bool IsBeingWritten(TrailFile file, TimeSpan settle)
    {
        var age = clock.GetUtcNow() - file.File.ModifiedAt;
        return age >= TimeSpan.Zero && age < settle;
    }

    private async Task RecordAsync(string tenantId, string source, FolderOutcome outcome, string? error, CancellationToken cancellationToken)
    {
        await using var session = documents.LightweightSession(tenantId);
        var before = await session.LoadAsync<SourceStatus>(source, cancellationToken);
        var now = clock.GetUtcNow();
        var after = (before ?? new SourceStatus { Id = source, CheckedAt = now }) with
        {
            FilesSeen = error is null ? outcome.FilesSeen : before?.FilesSeen ?? 0,
            FilesWaiting = outcome.FilesWaiting,
            LastDeliveryAt = outcome.Taken.Taken > 0 ? now : before?.LastDeliveryAt,
            Deliveries = (before?.Deliveries ?? 0) + outcome.Taken.Taken,
            Records = (before?.Records ?? 0) + outcome.Taken.Records,
            Rejected = (before?.Rejected ?? 0) + outcome.Taken.Rejected,
            Error = error ?? (outcome.Taken.Failed is [var failed, ..] ? $"{failed.Name}: {failed.Reason}" : null),
        };
        if (before is null || before != after || now - before.CheckedAt >= StatusAtLeastEvery)
        {
            session.Store(after with { CheckedAt = now });
            await session.SaveChangesAsync(cancellationToken);
        }
    }
}

/// <summary>What a look at a folder brought.</summary>
/// <param name="FilesSeen">Log files there.</param>
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
