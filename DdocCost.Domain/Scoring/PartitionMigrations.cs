using DdocCost.Domain.Storage;
using Npgsql;

namespace DdocCost.Domain.Scoring;

/// <summary>Before the documents' tables are looked at: makes the cost events' table of an earlier version the first of its partitions.</summary>
internal sealed class AdoptionMigration(TimeProvider clock) : IMigration
{
    public string Name => "adoption";

    public async Task<string> ApplyAsync(NpgsqlConnection connection, CancellationToken cancellationToken) =>
        await CostEventPartitions.AdoptAsync(connection, clock.GetUtcNow(), cancellationToken) ? "cost events of before are a partition now" : "nothing to adopt";
}

/// <summary>After them: the months of cost events.</summary>
internal sealed class PartitionMigration(TimeProvider clock) : IMigration
{
    public string Name => "partitions";

    public async Task<string> ApplyAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await CostEventPartitions.EnsureAsync(connection, clock.GetUtcNow(), cancellationToken);
        return $"cost events by month, {(await CostEventPartitions.ListAsync(connection, cancellationToken)).Count} partitions";
    }
}
