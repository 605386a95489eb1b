using System.Text.Json;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace DdocCost.Jobs.Observability;

/// <summary>What a process checks of itself and of what it needs.</summary>
public static class ProcessHealth
{
    /// <summary>Tag of what must be well for the process to be of use; the rest is looked at by <c>/health/deep</c> only.</summary>
    public const string Ready = "ready";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>Adds the checks. Redis away only degrades.</summary>
    internal static IServiceCollection AddProcessHealth(this IServiceCollection services)
    {
        services.AddHealthChecks()
            .AddCheck<DatabaseCheck>("database", tags: [Ready], timeout: Patience)
            .AddCheck<RedisCheck>("redis", HealthStatus.Degraded, [Ready], Patience)
            .AddCheck<SchemaCheck>("schema", timeout: Patience)
            .AddCheck<ClockCheck>("clock", timeout: Patience)
            .AddCheck<KeysCheck>("keys", timeout: Patience)
            .AddCheck<ArchiveDiskCheck>("archive", timeout: Patience)
            .AddCheck<JobServersCheck>("job servers", timeout: Patience)
            .AddCheck<BacklogCheck>("backlog", timeout: Patience);
        return services;
    }

    /// <summary>Writes a report: each check with its state, what it says, and what to do.</summary>
    public static async Task WriteAsync(HttpContext http, HealthReport report)
    {
        http.Response.StatusCode = report.Status == HealthStatus.Unhealthy ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK;
        http.Response.Headers.CacheControl = "no-store";
        await http.Response.WriteAsJsonAsync(
            new
            {
                status = report.Status.ToString(),
                checks = report.Entries.Select(entry => new
                {
                    name = entry.Key,
                    status = entry.Value.Status.ToString(),
                    // Not the exception: it may name hosts and users.
                    says = entry.Value.Description ?? entry.Value.Exception?.GetType().Name,
                    remedy = entry.Value.Data.GetValueOrDefault("remedy"),
                }),
            },
            Json, http.RequestAborted);
    }
}
