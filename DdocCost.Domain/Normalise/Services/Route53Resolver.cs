using static DdocCost.Domain.Normalise.Verbs;

namespace DdocCost.Domain.Normalise.Services;

/// <summary>
/// Resolver endpoints, billed by network interface: one for each address. Source: Route 53 Resolver API reference; a CloudTrail record
/// of each call.
/// </summary>
internal static class Route53Resolver
{
    private const string Endpoint = "route53:resolver-endpoint";
    private const string Log = "route53:resolver-query-log";
    private const string Firewall = "route53:dns-firewall";
    private const string Outpost = "route53:outpost-resolver";

    public static readonly Service Service = new("route53resolver",
        Starts("CreateResolverEndpoint", Endpoint, (record, changes) => changes.Add(
            quantity: Math.Max(1, record.Request["ipAddresses"].Items.Count), id: record.Response["resolverEndpoint"]["id"].Text)),
        Stops("DeleteResolverEndpoint", Endpoint, "resolverEndpointId"),
        Changes("AssociateResolverEndpointIpAddress", Endpoint, (record, changes) => changes.Add(quantityAdded: 1, id: record.Request["resolverEndpointId"].Text)),
        Changes("DisassociateResolverEndpointIpAddress", Endpoint, (record, changes) => changes.Add(quantityAdded: -1, id: record.Request["resolverEndpointId"].Text)),
        Starts("CreateResolverQueryLogConfig", Log, "id", part: "resolverQueryLogConfig"),
        Stops("DeleteResolverQueryLogConfig", Log, "resolverQueryLogConfigId"),
        Starts("AssociateFirewallRuleGroup", Firewall, "id", part: "firewallRuleGroupAssociation"),
        Stops("DisassociateFirewallRuleGroup", Firewall, "firewallRuleGroupAssociationId"),
        Starts("CreateOutpostResolver", Outpost, id: "id", size: "preferredInstanceType", quantity: "instanceCount", part: "outpostResolver"),
        Stops("DeleteOutpostResolver", Outpost, "id"));
}
