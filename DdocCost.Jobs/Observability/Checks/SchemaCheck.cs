using DdocCost.Domain.Storage;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace DdocCost.Jobs.Observability;

/// <summary>The database is as this version wants it.</summary>
internal sealed class SchemaCheck(NpgsqlDataSource database) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return await SchemaStamp.ReadAsync(connection, cancellationToken) switch
        {
            null => Findings.Bad("the database was never migrated", "run the command migrate, or start a process with Jobs:MigrateAtStart"),
            { Version: var version } when version < SchemaStamp.Current.Version =>
                Findings.Bad($"the schema is of version {version}, this program wants {SchemaStamp.Current.Version}", "run the command migrate"),
            { Version: var version, Product: var product } when version > SchemaStamp.Current.Version =>
                Findings.Odd($"the schema is already of version {version} ({product}); this program is of {SchemaStamp.Current.Version}", "finish the upgrade: restart this process with the new version"),
            _ => HealthCheckResult.Healthy($"version {SchemaStamp.Current.Version}"),
        };
    }
}
