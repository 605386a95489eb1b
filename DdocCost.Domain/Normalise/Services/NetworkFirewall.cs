using static DdocCost.Domain.Normalise.Verbs;

namespace DdocCost.Domain.Normalise.Services;

/// <summary>
/// Network Firewall, billed by endpoint: one in each subnet. Source: AWS Network Firewall API reference; a CloudTrail record of each
/// call.
/// </summary>
internal static class NetworkFirewall
{
    private const string Endpoint = "network-firewall:endpoint";

    public static readonly Service Service = new("network-firewall",
        Starts("CreateFirewall", Endpoint, (record, changes) => changes.Add(
            quantity: Math.Max(1, record.Request["subnetMappings"].Items.Count), id: record.Request["firewallName"].Text)),
        Stops("DeleteFirewall", Endpoint, (record, changes) =>
            changes.Add(id: record.Request["firewallName"].Text ?? Ids.Tail(record.Request["firewallArn"].Text))),
        Changes("AssociateSubnets", Endpoint, (record, changes) => Subnets(record, changes, record.Request["subnetMappings"].Items.Count)),
        Changes("DisassociateSubnets", Endpoint, (record, changes) => Subnets(record, changes, -record.Request["subnetIds"].Items.Count)));

    // The answer lists all subnets, the request only those that come or go.
    private static void Subnets(CloudTrailRecord record, ChangeList changes, int added)
    {
        var now = record.Response["subnetMappings"].Items.Count;
        var id = record.Request["firewallName"].Text ?? Ids.Tail(record.Request["firewallArn"].Text);
        if (now > 0)
        {
            changes.Add(quantity: now, id: id);
        }
        else
        {
            changes.Add(quantityAdded: added, id: id);
        }
    }
}
