using DdocCost.Domain.Storage;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace DdocCost.Jobs.Observability;

/// <summary>This machine and the database agree about the time; AWS refuses signatures that are five minutes off.</summary>
internal sealed class ClockCheck(NpgsqlDataSource database, TimeProvider clock) : IHealthCheck
{
    private static readonly TimeSpan Most = TimeSpan.FromSeconds(5);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var before = clock.GetUtcNow();
        var theirs = await connection.ScalarAsync<DateTime>("select clock_timestamp()", cancellationToken);
        var difference = theirs - (before + ((clock.GetUtcNow() - before) / 2)).UtcDateTime;
        return difference.Duration() > Most
            ? Findings.Odd($"the database's clock differs by {difference.TotalSeconds:0.0} s", "let both machines keep time: timedatectl set-ntp true")
            : HealthCheckResult.Healthy($"differs by {difference.TotalMilliseconds:0} ms from the database's");
    }
}
