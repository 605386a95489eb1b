using static DdocCost.Domain.Normalise.Verbs;

namespace DdocCost.Domain.Normalise.Services;

/// <summary>
/// CloudWatch Internet Monitor, billed by resource and city-network. Source: its API reference; a CloudTrail record of CreateMonitor.
/// </summary>
internal static class InternetMonitor
{
    private const string Monitor = "internetmonitor:monitor";

    public static readonly Service Service = new("internetmonitor",
        Starts("CreateMonitor", Monitor, "monitorName"),
        Changes("UpdateMonitor", Monitor, (record, changes) => changes.Add(
            id: record.Request["monitorName"].Text, action: record.Request["status"].Text == "INACTIVE" ? ResourceAction.Stop : null)),
        Stops("DeleteMonitor", Monitor, "monitorName"));
}
