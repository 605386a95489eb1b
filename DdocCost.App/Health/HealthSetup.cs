using DdocCost.App.Access;
using DdocCost.Jobs.Observability;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;

namespace DdocCost.App.Health;

/// <summary>How the process is, for whatever supervises it.</summary>
internal static class HealthSetup
{
    /// <summary>
    /// Maps <c>/health/live</c> (the process answers) and <c>/health/ready</c> (the database answers too; Redis away only degrades), open to all,
    /// because supervisors have no password; they say no more than one word. <c>/health/deep</c> and <c>/metrics</c> are for operators here,
    /// and for everybody at <see cref="ObserveOptions.Url"/>, which is for inside.
    /// </summary>
    public static void MapAppHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false }).AllowAnonymous();
        routes.MapHealthChecks("/health/ready", new HealthCheckOptions { Predicate = check => check.Tags.Contains(ProcessHealth.Ready) }).AllowAnonymous();
        routes.MapHealthChecks("/health/deep", new HealthCheckOptions { ResponseWriter = ProcessHealth.WriteAsync }).RequireAuthorization(Roles.OperatorPolicy);
        routes.MapPrometheusScrapingEndpoint("/metrics").RequireAuthorization(Roles.OperatorPolicy);
    }
}
