using DdocCost.Domain.Sources;
using Microsoft.Extensions.Options;

namespace DdocCost.Jobs.Polling;

/// <summary>Looks into each watched folder once. Harmless to run twice at a time: a folder is looked at by one process only.</summary>
public sealed class PollFoldersJob(FolderSource source, IOptions<SourcesOptions> options, ILogger<PollFoldersJob> log)
{
    /// <summary>Runs; a folder that cannot be read does not keep the others waiting.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        foreach (var folder in options.Value.Folders)
        {
            try
            {
                var outcome = await source.TakeNewAsync(folder.Tenant, folder.Path, folder.Settle, progress: null, cancellationToken);
                if (outcome is { Taken: { Taken: > 0 } or { Failed.Count: > 0 } })
                {
                    PollingLog.FolderTaken(log, folder.Path, outcome.Taken.Taken, outcome.Taken.Records, outcome.Taken.Rejected, outcome.Taken.Failed.Count);
                }
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                PollingLog.FolderFailed(log, folder.Path, error.Message); // also in the source's status
            }
        }
    }
}
