using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace DdocCost.Jobs.Observability;

/// <summary>What waits gets its turn, and nothing was given up.</summary>
internal sealed class BacklogCheck(DepthMeter meter) : IHealthCheck
{
    private static readonly TimeSpan Most = TimeSpan.FromMinutes(10);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var depth = await meter.ReadAsync(cancellationToken);
        return depth switch
        {
            { DeadLetters: > 0 } => Findings.Odd($"{depth.DeadLetters} deliveries were given up", "see the page Quarantine; their accounts have a gap until somebody looks"),
            { OldestWait: { } wait } when wait > Most => Findings.Odd(
                $"{depth.Deliveries} deliveries wait to be scored, the oldest for {wait.TotalMinutes:0} minutes", "is the scorer at work? If it is and stays behind, run one more job server with the queue score"),
            { Messages: > 0, OldestMessage: { } wait } when wait > Most => Findings.Odd(
                $"{depth.Messages} messages wait, the oldest for {wait.TotalMinutes:0} minutes", "see the page Messages: a channel refuses, or panic mode holds them"),
            _ => HealthCheckResult.Healthy(depth.Deliveries == 0 ? "nothing waits" : $"{depth.Deliveries} deliveries wait"),
        };
    }
}
