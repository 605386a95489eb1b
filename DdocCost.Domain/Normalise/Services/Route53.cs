using static DdocCost.Domain.Normalise.Verbs;

namespace DdocCost.Domain.Normalise.Services;

/// <summary>
/// Route 53 hosted zones, health checks and traffic policy records, by the month. Source: Amazon Route 53 API reference; a CloudTrail
/// record of CreateHostedZone and DeleteHostedZone.
/// </summary>
internal static class Route53
{
    private const string Zone = "route53:hosted-zone";
    private const string Check = "route53:health-check";
    private const string Policy = "route53:traffic-policy-instance";
    private const string Log = "route53:query-logging";

    public static readonly Service Service = new("route53",
        Starts("CreateHostedZone", Zone, (record, changes) => changes.Add(id: Ids.Tail(record.Response["hostedZone"]["id"].Text))),
        Stops("DeleteHostedZone", Zone, (record, changes) => changes.Add(id: Ids.Tail(record.Request["id"].Text))),
        Starts("CreateHealthCheck", Check, (record, changes) => changes.Add(
            size: record.Request["healthCheckConfig"]["type"].Text?.ToLowerInvariant(), id: record.Response["healthCheck"]["id"].Text)),
        Changes("UpdateHealthCheck", Check, (record, changes) =>
        {
            if (record.Request["disabled"].Flag == true)
            {
                changes.Add(id: record.Request["healthCheckId"].Text, action: ResourceAction.Stop);
            }
        }),
        Stops("DeleteHealthCheck", Check, "healthCheckId"),
        Starts("CreateTrafficPolicyInstance", Policy, "id", part: "trafficPolicyInstance"),
        Stops("DeleteTrafficPolicyInstance", Policy, "id"),
        Starts("CreateQueryLoggingConfig", Log, "id", part: "queryLoggingConfig"),
        Stops("DeleteQueryLoggingConfig", Log, "id"));
}
