using DdocCost.Domain.Anomalies;
using DdocCost.Domain.Ingestion;
using DdocCost.Domain.Scoring;
using DdocCost.Domain.Sources;
using Marten;

namespace DdocCost.Jobs.Polling;

/// <summary>
/// Takes a whole folder in and waits until it is scored, by this process's lane consumers or by those of another. May be killed at any
/// moment and repeated: what is in stays in, and the rest follows.
/// </summary>
public sealed class FolderImport(FolderSource source, IntakeStore store, IDocumentStore documents, TimeProvider clock)
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(25);

    /// <summary>Runs to the end.</summary>
    /// <param name="tenantId">Whose records these are.</param>
    /// <param name="path">A folder, or a single file.</param>
    /// <param name="progress">Told now and then; may be null.</param>
    /// <param name="cancellationToken">Stops it; the rest can follow another time.</param>
    /// <exception cref="IOException">There is nothing at that path, or it cannot be read.</exception>
    public async Task<ImportSummary> RunAsync(string tenantId, string path, IProgress<ImportProgress>? progress, CancellationToken cancellationToken)
    {
        var started = clock.GetTimestamp();
        var before = await store.ProgressAsync(tenantId, cancellationToken);
        var folder = await TakeAsync(tenantId, path, progress, cancellationToken);
        var after = await DrainAsync(tenantId, folder.FilesSeen, progress, cancellationToken);
        return new ImportSummary(
            folder.FilesSeen, folder.Taken, after.Since(before), await OpenCasesAsync(tenantId, cancellationToken), clock.GetElapsedTime(started));
    }

    private async Task<FolderOutcome> TakeAsync(
        string tenantId, string path, IProgress<ImportProgress>? progress, CancellationToken cancellationToken)
    {
        var taking = progress is null ? null : new Taking(progress);
        while (true)
        {
            if (await source.TakeNewAsync(tenantId, path, settle: TimeSpan.Zero, taking, cancellationToken) is { } outcome)
            {
                return outcome;
            }

            await Task.Delay(Look, clock, cancellationToken); // another process is at this folder; when it is done there is nothing left
        }
    }

    private async Task<TenantProgress> DrainAsync(
        string tenantId, int files, IProgress<ImportProgress>? progress, CancellationToken cancellationToken)
    {
        while (true)
        {
            var now = await store.ProgressAsync(tenantId, cancellationToken);
            progress?.Report(new ImportProgress(files, files, now.Backlog));
            if (now.Backlog == 0)
            {
                return now;
            }

            await Task.Delay(Look, clock, cancellationToken);
        }
    }

    private async Task<IReadOnlyDictionary<Severity, int>> OpenCasesAsync(string tenantId, CancellationToken cancellationToken)
    {
        await using var session = documents.QuerySession(tenantId);
        var severities = await session.Query<AnomalyCase>().Where(anomaly => anomaly.ClosedAt == null).Select(anomaly => anomaly.Severity).ToListAsync(cancellationToken);
        return severities.CountBy(severity => severity).ToDictionary();
    }

    private sealed class Taking(IProgress<ImportProgress> progress) : IProgress<FolderProgress>
    {
        public void Report(FolderProgress value) => progress.Report(new ImportProgress(value.FilesDone, value.Files, null));
    }
}

/// <summary>How far an import is.</summary>
/// <param name="FilesTaken">Files that are in.</param>
/// <param name="Files">Files in all.</param>
/// <param name="Backlog">Parts of deliveries not scored yet; null while files are being taken.</param>
public readonly record struct ImportProgress(int FilesTaken, int Files, long? Backlog);

/// <summary>What an import did.</summary>
/// <param name="Files">Log files there.</param>
/// <param name="Taken">What was taken in by this run.</param>
/// <param name="Scored">What was scored while it ran.</param>
/// <param name="OpenCases">Open cases of the tenant at its end, by severity.</param>
/// <param name="Elapsed">How long it took.</param>
public sealed record ImportSummary(
    int Files, IntakeOutcome Taken, TenantProgress Scored, IReadOnlyDictionary<Severity, int> OpenCases, TimeSpan Elapsed)
{
    /// <summary>Records scored per second.</summary>
    public double RecordsPerSecond => PerSecond(Scored.Records);

    /// <summary>Uncompressed, 10^6 bytes, taken per second.</summary>
    public double MegabytesPerSecond => PerSecond(Taken.PlainBytes / 1e6);

    private double PerSecond(double amount) => Elapsed > TimeSpan.Zero ? amount / Elapsed.TotalSeconds : 0;
}
