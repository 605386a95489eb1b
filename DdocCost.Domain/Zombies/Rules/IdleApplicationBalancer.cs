namespace DdocCost.Domain.Zombies.Rules;

/// <summary>Application Load Balancer without requests.</summary>
internal static class IdleApplicationBalancer
{
    public static readonly ZombieRule Rule = new()
    {
        Id = "NET-13",
        Title = "Application Load Balancer without requests",
        Class = ZombieClass.Idle,
        Kind = Kinds.Balancer,
        Criterion = "It had at most {requests} requests on each of the last {days} days.",
        Window = Threshold.Days(14, 7, 63),
        Limits = [new("requests", 0, 0, 100000, "requests a day")],
        Metrics =
        [
            new("requests", "AWS/ApplicationELB", "RequestCount", Statistic.Sum, "LoadBalancer={dimension}") { Unit = "requests", IsSparse = true },
            new("units", "AWS/ApplicationELB", "ConsumedLCUs", Statistic.Average, "LoadBalancer={dimension}") { Unit = "capacity units", IsSparse = true },
        ],
        Sureness = Sureness.High,
        SavingInWords = "hours at list price, without capacity units",
        Traps =
        [
            "Scanners on the internet make requests: the threshold can be raised.",
            "CloudWatch tells nothing while nobody asks: a missing day is a zero here, by AWS's documentation.",
        ],
        Source = "CleanCloud (14 days); OptScale (7 days); nOps (90 days)",
        Remedies =
        [
            new("Delete the load balancer", "elbv2 delete-load-balancer --load-balancer-arn {arn}", "Its name in DNS, for good."),
        ],
        Terraform = "aws_lb",
        Judge = balancer => balancer.State("active") & balancer.Is("type", "application") & balancer.Peak("requests") <= balancer.Limit("requests"),
    };
}
