using Microsoft.Extensions.Diagnostics.HealthChecks;
using StackExchange.Redis;

namespace DdocCost.Jobs.Observability;

/// <summary>Redis answers. Without it detection goes on, pages update late, and governance keeps its last known state.</summary>
internal sealed class RedisCheck(IConnectionMultiplexer redis) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (!redis.IsConnected)
        {
            return new HealthCheckResult(context.Registration.FailureStatus, "is away"); // a question would wait for its return
        }

        var took = await redis.GetDatabase().PingAsync().WaitAsync(cancellationToken);
        return HealthCheckResult.Healthy($"answers in {took.TotalMilliseconds:0.0} ms");
    }
}
