using DdocCost.Domain.Storage;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace DdocCost.Jobs.Observability;

/// <summary>This machine and the database agree about the time. All go by the database's; but certificates and tokens of others are judged by the machine's.</summary>
internal sealed class ClockCheck(DatabaseClock clock) : IHealthCheck
{
    private static readonly TimeSpan Most = TimeSpan.FromSeconds(5);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var ahead = await clock.AheadOfMachineAsync(cancellationToken);
        return ahead.Duration() > Most
            ? Findings.Odd($"the database's clock differs by {ahead.TotalSeconds:0.0} s", "let both machines keep time: timedatectl set-ntp true")
            : HealthCheckResult.Healthy($"differs by {ahead.TotalMilliseconds:0} ms from the database's");
    }
}
