using static DdocCost.Domain.Normalise.Services.Verbs;

namespace DdocCost.Domain.Normalise.Services;

/// <summary>
/// Elastic Load Balancing, classic (named) and v2 (with an ARN and a type). Source: both ELB API references; a CloudTrail record of
/// each call.
/// </summary>
internal static class LoadBalancers
{
    private const string LoadBalancer = "elb:load-balancer";

    public static readonly Service Service = new("elasticloadbalancing",
        Starts("CreateLoadBalancer", LoadBalancer, Create),
        Stops("DeleteLoadBalancer", LoadBalancer, (record, changes) =>
            changes.Add(id: record.Request["loadBalancerArn"].Or(record.Request["loadBalancerName"]).Text)));

    private static void Create(CloudTrailRecord record, ChangeList changes)
    {
        var asked = record.Request;
        var classic = asked["loadBalancerName"].IsPresent; // v2 says name
        var made = record.Response["loadBalancers"].Items.First;
        changes.Add(
            size: made["type"].Or(asked["type"]).Text ?? (classic ? "classic" : "application"),
            id: made["loadBalancerArn"].Or(asked["loadBalancerName"]).Or(asked["name"]).Text);
    }
}
