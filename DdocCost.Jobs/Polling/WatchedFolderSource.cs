using DdocCost.Domain.Sources;

namespace DdocCost.Jobs.Polling;

/// <summary>A watched folder as a source like the others.</summary>
internal sealed class WatchedFolderSource(FolderSource folders, string tenantId, string path, TimeSpan settle) : ITrailSource
{
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    public string Id { get; } = FolderSource.NameOf(path);

    /// <inheritdoc/>
    public async Task<SourceReading> ReadAsync(CancellationToken cancellationToken)
    {
        var outcome = await folders.TakeNewAsync(tenantId, path, settle, progress: null, cancellationToken) ?? FolderOutcome.None;
        return new SourceReading(outcome.Taken)
        {
            Rest = Rest,
            Waiting = outcome.FilesWaiting,
            Problem = outcome.Taken.Failed is [var failed, ..] ? $"{failed.Name}: {failed.Reason}" : null,
        };
    }
}
