using DdocCost.Domain.Storage;
using Npgsql;

namespace DdocCost.Jobs.Zombies;

/// <summary>Runs a scan. Harmless to run twice: one process works on an account at a time, and a scan that is over is left alone.</summary>
public sealed class HuntJob
{
    private readonly AccountHunt hunt;
    private readonly NpgsqlDataSource database;

    internal HuntJob(AccountHunt hunt, NpgsqlDataSource database) => (this.hunt, this.database) = (hunt, database);

    /// <summary>Runs.</summary>
    /// <param name="tenant">Tenant.</param>
    /// <param name="runId">Id of the scan's record.</param>
    /// <param name="cancellationToken">The process stops.</param>
    public async Task RunAsync(string tenant, string runId, CancellationToken cancellationToken)
    {
        var key = $"hunt/{tenant}/{runId.Split('-')[0]}";
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        if (!await connection.ScalarAsync<bool>("select pg_try_advisory_lock(hashtextextended($1, 0))", cancellationToken, key))
            return;
        try
        {
            await hunt.RunAsync(tenant, runId, cancellationToken);
        }
        finally
        {
            await connection.ExecuteAsync("select pg_advisory_unlock(hashtextextended($1, 0))", CancellationToken.None, key);
        }
    }
}
