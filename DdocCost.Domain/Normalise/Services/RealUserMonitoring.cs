using static DdocCost.Domain.Normalise.Verbs;

namespace DdocCost.Domain.Normalise.Services;

/// <summary>CloudWatch RUM, billed by event. Source: CloudWatch RUM API reference.</summary>
internal static class RealUserMonitoring
{
    private const string Monitor = "rum:app-monitor";

    public static readonly Service Service = new("rum",
        Starts("CreateAppMonitor", Monitor, "name"),
        Stops("DeleteAppMonitor", Monitor, "name"));
}
