using static DdocCost.Domain.Normalise.Verbs;

namespace DdocCost.Domain.Normalise.Services;

/// <summary>
/// CloudWatch Network Synthetic Monitor, by the resource that is monitored. Source: its API reference; a CloudTrail record of
/// DeleteMonitor.
/// </summary>
internal static class NetworkMonitor
{
    private const string Monitor = "networkmonitor:monitor";

    public static readonly Service Service = new("networkmonitor",
        Starts("CreateMonitor", Monitor, (record, changes) => changes.Add(
            quantity: Math.Max(1, record.Request["probes"].Items.Count), id: record.Request["monitorName"].Text)),
        Changes("CreateProbe", Monitor, (record, changes) => changes.Add(quantityAdded: 1, id: record.Request["monitorName"].Text)),
        Changes("DeleteProbe", Monitor, (record, changes) => changes.Add(quantityAdded: -1, id: record.Request["monitorName"].Text)),
        Stops("DeleteMonitor", Monitor, "monitorName"));
}
