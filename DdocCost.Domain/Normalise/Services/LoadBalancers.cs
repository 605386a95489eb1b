using static DdocCost.Domain.Normalise.Verbs;

namespace DdocCost.Domain.Normalise.Services;

/// <summary>
/// Elastic Load Balancing, classic (named) and v2 (with an ARN and a type). Source: both ELB API references; a CloudTrail record of
/// each call.
/// </summary>
internal static class LoadBalancers
{
    private const string LoadBalancer = "elb:load-balancer";
    private const string Reserved = "elb:reserved-capacity";
    private const string TrustStore = "elb:trust-store";

    public static readonly Service Service = new("elasticloadbalancing",
        Starts("CreateLoadBalancer", LoadBalancer, Create),
        Stops("DeleteLoadBalancer", LoadBalancer, (record, changes) =>
            changes.Add(id: record.Request["loadBalancerArn"].Or(record.Request["loadBalancerName"]).Text)),
        Changes("ModifyCapacityReservation", Reserved, (record, changes) => changes.Add(
            size: Kind(record.Request["loadBalancerArn"].Text),
            quantity: record.Request["minimumLoadBalancerCapacity"]["capacityUnits"].Amount ?? 0,
            id: record.Request["loadBalancerArn"].Text, owner: Ids.Owner(LoadBalancer, record.Request["loadBalancerArn"].Text))),
        Starts("CreateTrustStore", TrustStore, (record, changes) => changes.Add(id: record.Response["trustStores"].Items.First["trustStoreArn"].Text)),
        Stops("DeleteTrustStore", TrustStore, "trustStoreArn"));

    private static void Create(CloudTrailRecord record, ChangeList changes)
    {
        var asked = record.Request;
        var classic = asked["loadBalancerName"].IsPresent; // v2 says name
        var made = record.Response["loadBalancers"].Items.First;
        changes.Add(
            size: made["type"].Or(asked["type"]).Text ?? (classic ? "classic" : "application"),
            id: made["loadBalancerArn"].Or(asked["loadBalancerName"]).Or(asked["name"]).Text);
    }

    // arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/name/id
    private static string? Kind(string? arn) => arn switch
    {
        null => null,
        _ when arn.Contains("/net/", StringComparison.Ordinal) => "network",
        _ => "application",
    };
}
