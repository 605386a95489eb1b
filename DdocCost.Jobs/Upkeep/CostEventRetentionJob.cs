using DdocCost.Domain.Scoring;
using DdocCost.Domain.Storage;
using Microsoft.Extensions.Options;
using Npgsql;

namespace DdocCost.Jobs.Upkeep;

/// <summary>
/// Daily: makes the partitions of the months to come, and drops months of cost events whose last day is older than
/// <see cref="RetentionOptions.CostEventDays"/>. Of a month with events of open cases, and of what lies in no month, single events are deleted, a
/// few thousand at a time, so that no lock and no transaction lasts. Events of cases that are open stay.
/// </summary>
/// <remarks>docs/decisions/retention.md</remarks>
public sealed class CostEventRetentionJob(NpgsqlDataSource database, IOptions<RetentionOptions> options, TimeProvider clock, ILogger<CostEventRetentionJob> log)
{
    private const int AtATime = 5_000;

    private const string OfNoOpenCase =
        "not exists (select from mt_doc_anomaly_cases c where c.tenant_id = e.tenant_id and c.id = e.case_id and c.data ->> 'closedAt' is null)";

    /// <summary>Runs; repeated or interrupted, it does no harm.</summary>
    /// <returns>How many events were deleted.</returns>
    /// <exception cref="PostgresException">A lock was not to be had within seconds (55P03), which the next run will get.</exception>
    public async Task<long> RunAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        // Who waits for a lock on the table holds up everybody behind: rather try again another time.
        await connection.ExecuteAsync("set lock_timeout = '5s'", cancellationToken);
        await CostEventPartitions.EnsureAsync(connection, clock.GetUtcNow(), cancellationToken);
        if (options.Value.CostEventDays is not { } days)
        {
            return 0;
        }

        var before = clock.GetUtcNow().AddDays(-days);
        var all = await DeleteAsync(connection, CostEventPartitions.Rest, before, cancellationToken);
        foreach (var month in (await CostEventPartitions.ListAsync(connection, cancellationToken)).Where(month => month.To <= before))
        {
            all += await RetireAsync(connection, month, cancellationToken);
        }

        UpkeepLog.CostEventsDeleted(log, all, days);
        return all;
    }

    private static async Task<long> RetireAsync(NpgsqlConnection connection, CostEventPartition month, CancellationToken cancellationToken)
    {
        if (await connection.ScalarAsync<bool>($"select exists (select from {month.Name} e where case_id is not null and not {OfNoOpenCase})", cancellationToken))
        {
            return await DeleteAsync(connection, month.Name, month.To, cancellationToken);
        }

        var events = await connection.ScalarAsync<long>($"select count(*) from {month.Name}", cancellationToken);
        await connection.ExecuteAsync($"drop table {month.Name}", cancellationToken);
        return events;
    }

    private static async Task<long> DeleteAsync(NpgsqlConnection connection, string partition, DateTimeOffset before, CancellationToken cancellationToken)
    {
        var all = 0L;
        for (int deleted; (deleted = await connection.ExecuteAsync(
            $"delete from {partition} where ctid = any (array(select ctid from {partition} e where time < $1 and {OfNoOpenCase} limit {AtATime}))",
            cancellationToken, before)) > 0;)
        {
            all += deleted;
        }

        return all;
    }
}
