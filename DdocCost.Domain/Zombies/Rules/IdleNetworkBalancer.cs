namespace DdocCost.Domain.Zombies.Rules;

/// <summary>Network Load Balancer without flows.</summary>
internal static class IdleNetworkBalancer
{
    public static readonly ZombieRule Rule = new()
    {
        Id = "NET-15",
        Title = "Network Load Balancer without flows",
        Class = ZombieClass.Idle,
        Kind = Kinds.Balancer,
        Criterion = "In the last {days} days no flow was opened or open through it, and no byte went through it.",
        Window = Threshold.Days(14, 7, 63),
        Metrics =
        [
            new("new", "AWS/NetworkELB", "NewFlowCount", Statistic.Sum, "LoadBalancer={dimension}") { Unit = "flows", IsSparse = true },
            new("active", "AWS/NetworkELB", "ActiveFlowCount", Statistic.Maximum, "LoadBalancer={dimension}") { Unit = "flows", IsSparse = true },
            new("bytes", "AWS/NetworkELB", "ProcessedBytes", Statistic.Sum, "LoadBalancer={dimension}") { Unit = "bytes", IsSparse = true },
        ],
        Sureness = Sureness.High,
        SavingInWords = "hours at list price, without capacity units",
        Traps =
        [
            "Long-lived connections open no new flow: open ones are looked at too.",
            "Health checks are no flows.",
        ],
        Source = "CleanCloud (14 days); Cloud Custodian's sample",
        Remedies =
        [
            new("Delete the load balancer", "elbv2 delete-load-balancer --load-balancer-arn {arn}", "Its name in DNS and its fixed addresses."),
        ],
        Terraform = "aws_lb",
        Judge = balancer => balancer.State("active") & balancer.Is("type", "network") & balancer.Nothing("new", "active", "bytes"),
    };
}
