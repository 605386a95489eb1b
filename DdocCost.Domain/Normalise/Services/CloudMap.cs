using static DdocCost.Domain.Normalise.Verbs;

namespace DdocCost.Domain.Normalise.Services;

/// <summary>
/// Cloud Map: a DNS namespace is a hosted zone of Route 53, instances are billed by the month. Source: AWS Cloud Map API reference; a
/// CloudTrail record of DeregisterInstance.
/// </summary>
internal static class CloudMap
{
    private const string Namespace = "servicediscovery:namespace";
    private const string Instance = "servicediscovery:instance";

    public static readonly Service Service = new("servicediscovery",
        Starts("CreatePrivateDnsNamespace", Namespace, "name"),
        Starts("CreatePublicDnsNamespace", Namespace, "name"),
        Stops("DeleteNamespace", Namespace, "id"),
        Starts("RegisterInstance", Instance, (record, changes) => changes.Add(id: Registered(record))),
        Stops("DeregisterInstance", Instance, (record, changes) => changes.Add(id: Registered(record))));

    private static string? Registered(CloudTrailRecord record) => Ids.Within(record.Request["serviceId"].Text, record.Request["instanceId"].Text);
}
