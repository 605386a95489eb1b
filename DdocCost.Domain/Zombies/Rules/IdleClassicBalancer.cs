namespace DdocCost.Domain.Zombies.Rules;

/// <summary>Classic Load Balancer without instances or requests.</summary>
internal static class IdleClassicBalancer
{
    public static readonly ZombieRule Rule = new()
    {
        Id = "NET-11",
        Title = "Classic Load Balancer without instances or requests",
        Class = ZombieClass.Idle,
        Kind = Kinds.ClassicBalancer,
        Criterion = "It has no instance in service, or fewer than {requests} requests on each of the last {days} days.",
        Window = Threshold.Days(14, 7, 63),
        Limits = [new("requests", 100, 0, 100000, "requests a day")],
        Metrics =
        [
            new("requests", "AWS/ELB", "RequestCount", Statistic.Sum, "LoadBalancerName={id}") { Unit = "requests", IsSparse = true },
            new("bytes", "AWS/ELB", "EstimatedProcessedBytes", Statistic.Sum, "LoadBalancerName={id}") { Unit = "bytes", IsSparse = true },
        ],
        Sureness = Sureness.Medium,
        ConfirmsAfterWindow = true,
        SavingInWords = "hours at list price",
        Traps =
        [
            "TCP listeners count no requests: there must be no bytes either.",
            "One that a Kubernetes service owns is named as such.",
            "No instance in service counts only once scans saw it so for the whole window.",
        ],
        Source = "AWS Trusted Advisor hjLMh88uM8 (7 days); turbot Thrifty; CleanCloud (14 days)",
        Remedies =
        [
            new("Delete the load balancer", "elb delete-load-balancer --load-balancer-name {id}", "Its name in DNS, for good."),
        ],
        Terraform = "aws_elb",
        Judge = balancer => !(balancer.Number("inService") > 0) | (balancer.Peak("requests") < balancer.Limit("requests") & balancer.Nothing("bytes")),
    };
}
