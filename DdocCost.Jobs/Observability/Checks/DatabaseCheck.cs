using DdocCost.Domain.Storage;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace DdocCost.Jobs.Observability;

/// <summary>The database answers.</summary>
internal sealed class DatabaseCheck(NpgsqlDataSource database) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await connection.ScalarAsync<int>("select 1", cancellationToken);
        return HealthCheckResult.Healthy("answers");
    }
}
