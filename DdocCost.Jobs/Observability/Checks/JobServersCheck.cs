using Hangfire;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace DdocCost.Jobs.Observability;

/// <summary>Each queue is served by a job server that reported within the last minute.</summary>
internal sealed class JobServersCheck(JobStorage storage, TimeProvider clock) : IHealthCheck
{
    private static readonly TimeSpan Silence = TimeSpan.FromMinutes(1);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var alive = await Task.Run(
            () => storage.GetMonitoringApi().Servers().Where(server => server.Heartbeat > (clock.GetUtcNow() - Silence).UtcDateTime).ToList(), cancellationToken);
        var unserved = JobQueue.All.Except(alive.SelectMany(server => server.Queues)).ToList();
        return unserved.Count > 0
            ? Findings.Odd($"no job server serves: {string.Join(", ", unserved)}", "start the job servers (docker compose up -d, or systemctl start 'ddoc-jobs@*'); what waits is not lost")
            : HealthCheckResult.Healthy($"{alive.Count} at work");
    }
}
