using DdocCost.Domain.Ingestion;
using DdocCost.Domain.Queue;
using DdocCost.Domain.Storage;
using DdocCost.Jobs.Notify;
using Npgsql;

namespace DdocCost.Jobs.Upkeep;

/// <summary>Daily: what dead processes left in the archive's drafts, and what has lain in the lanes' own archives for long, is deleted, and so are old messages.</summary>
public sealed class UpkeepJob(IArchiveInventory archive, NpgsqlDataSource database, TimeProvider clock, ILogger<UpkeepJob> log)
{
    private static readonly TimeSpan DraftsKept = TimeSpan.FromDays(1);
    private static readonly TimeSpan DeadMessagesKept = TimeSpan.FromDays(90);

    /// <summary>Runs.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var drafts = archive.DeleteAbandonedDrafts(clock.GetUtcNow() - DraftsKept);
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var messages = 0;
        for (var lane = 0; lane < Lanes.Count; lane++)
        {
            messages += await connection.ExecuteAsync(
                $"delete from pgmq.a_{Lanes.QueueOf(lane)} where archived_at < $1", cancellationToken, clock.GetUtcNow() - DeadMessagesKept);
        }

        messages += await connection.ExecuteAsync(
            "delete from pipeline.sqs_messages where given_up_at < $1", cancellationToken, clock.GetUtcNow() - DeadMessagesKept);
        await OutboxUpkeep.DeleteAsync(connection, clock.GetUtcNow(), cancellationToken);
        UpkeepLog.Tidied(log, drafts, messages);
    }
}
