using static DdocCost.Domain.Normalise.Services.Verbs;

namespace DdocCost.Domain.Normalise.Services;

/// <summary>
/// Resolver endpoints, billed by network interface: one for each address. Source: Route 53 Resolver API reference; a CloudTrail record
/// of each call.
/// </summary>
internal static class Route53Resolver
{
    private const string Endpoint = "route53:resolver-endpoint";

    public static readonly Service Service = new("route53resolver",
        Starts("CreateResolverEndpoint", Endpoint, (record, changes) => changes.Add(
            quantity: Math.Max(1, record.Request["ipAddresses"].Items.Count), id: record.Response["resolverEndpoint"]["id"].Text)),
        Stops("DeleteResolverEndpoint", Endpoint, "resolverEndpointId"));
}
