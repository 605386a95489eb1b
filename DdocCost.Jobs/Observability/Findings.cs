using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace DdocCost.Jobs.Observability;

/// <summary>What a check found, always with the remedy.</summary>
internal static class Findings
{
    /// <summary>The process is of no use like this.</summary>
    public static HealthCheckResult Bad(string says, string remedy) => HealthCheckResult.Unhealthy(says, data: With(remedy));

    /// <summary>It works, but somebody should look.</summary>
    public static HealthCheckResult Odd(string says, string remedy) => HealthCheckResult.Degraded(says, data: With(remedy));

    private static Dictionary<string, object> With(string remedy) => new() { ["remedy"] = remedy };
}
