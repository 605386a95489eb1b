using DdocCost.Domain.Storage;
using Microsoft.Extensions.Options;
using Npgsql;

namespace DdocCost.Jobs.Upkeep;

/// <summary>
/// Daily: deletes cost events that are older than <see cref="RetentionOptions.CostEventDays"/>, by index and a few thousand at a time, so that no
/// lock and no transaction lasts. Events of cases that are open stay.
/// </summary>
/// <remarks>Why not by dropping partitions: docs/decisions/retention.md.</remarks>
public sealed class CostEventRetentionJob(NpgsqlDataSource database, IOptions<RetentionOptions> options, TimeProvider clock, ILogger<CostEventRetentionJob> log)
{
    private const int AtATime = 5_000;

    /// <summary>Runs; repeated or interrupted, it does no harm.</summary>
    /// <returns>How many were deleted.</returns>
    public async Task<long> RunAsync(CancellationToken cancellationToken)
    {
        if (options.Value.CostEventDays is not { } days)
        {
            return 0;
        }

        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var before = clock.GetUtcNow().AddDays(-days);
        var all = 0L;
        foreach (var tenant in await connection.QueryAsync("select distinct tenant_id from pipeline.accounts", row => row.GetString(0), cancellationToken))
        {
            for (int deleted; (deleted = await DeleteAsync(connection, tenant, before, cancellationToken)) > 0;)
            {
                all += deleted;
            }
        }

        UpkeepLog.CostEventsDeleted(log, all, days);
        return all;
    }

    private static Task<int> DeleteAsync(NpgsqlConnection connection, string tenant, DateTimeOffset before, CancellationToken cancellationToken) => connection.ExecuteAsync(
        $"""
        delete from mt_doc_cost_events where tenant_id = $1 and id in (
            select e.id from mt_doc_cost_events e
            where e.tenant_id = $1 and e.time < $2
                and not exists (select from mt_doc_anomaly_cases c where c.tenant_id = $1 and c.id = e.case_id and c.data ->> 'closedAt' is null)
            order by e.time limit {AtATime})
        """,
        cancellationToken, tenant, before);
}
