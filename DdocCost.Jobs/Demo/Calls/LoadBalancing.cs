using DdocCost.Jobs.Demo.Trail;

namespace DdocCost.Jobs.Demo.Calls;

/// <summary>Calls to Elastic Load Balancing (version 2).</summary>
/// <remarks>Shapes as CloudTrail logs them: Elastic Load Balancing user guide, "Log API calls using CloudTrail".</remarks>
public static class LoadBalancing
{
    /// <summary>Creates an application load balancer; returns its ARN.</summary>
    public static string CreateLoadBalancer(this CallLog log, DateTimeOffset at, Caller who, string name)
    {
        var region = log.Account.Region;
        var arn = $"arn:aws:elasticloadbalancing:{region}:{log.Account.Id}:loadbalancer/app/{name}/{log.Dice.Hex(16)}";
        var subnets = new[] { log.Account.Id17("subnet", region + "a"), log.Account.Id17("subnet", region + "b") };
        var request = new { name, type = "application", scheme = "internal", ipAddressType = "ipv4", subnetMappings = subnets.Select(s => new { subnetId = s }).ToArray() };
        var balancer = new
        {
            loadBalancerArn = arn,
            loadBalancerName = name,
            dNSName = $"internal-{name}-{log.Dice.Whole(100_000_000, 999_999_999)}.{region}.elb.amazonaws.com",
            type = "application",
            scheme = "internal",
            ipAddressType = "ipv4",
            state = new { code = "provisioning" },
            vpcId = log.Account.Id17("vpc", region),
        };
        log.Record(at, who, new ApiCall("elasticloadbalancing", "CreateLoadBalancer", request, new { loadBalancers = new[] { balancer } }));
        return arn;
    }

    /// <summary>Deletes a load balancer.</summary>
    public static void DeleteLoadBalancer(this CallLog log, DateTimeOffset at, Caller who, string arn) =>
        log.Record(at, who, new ApiCall("elasticloadbalancing", "DeleteLoadBalancer", new { loadBalancerArn = arn }, null));
}
