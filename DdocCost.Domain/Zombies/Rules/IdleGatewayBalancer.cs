namespace DdocCost.Domain.Zombies.Rules;

/// <summary>Gateway Load Balancer without flows.</summary>
internal static class IdleGatewayBalancer
{
    public static readonly ZombieRule Rule = new()
    {
        Id = "NET-17",
        Title = "Gateway Load Balancer without flows",
        Class = ZombieClass.Idle,
        Kind = Kinds.Balancer,
        Criterion = "In the last {days} days no flow was opened through it and no byte went through it.",
        Window = Threshold.Days(14, 7, 63),
        Metrics =
        [
            new("new", "AWS/GatewayELB", "NewFlowCount", Statistic.Sum, "LoadBalancer={dimension}") { Unit = "flows", IsSparse = true },
            new("bytes", "AWS/GatewayELB", "ProcessedBytes", Statistic.Sum, "LoadBalancer={dimension}") { Unit = "bytes", IsSparse = true },
        ],
        Sureness = Sureness.High,
        SavingInWords = "hours at list price, without capacity units",
        Traps = ["A spare path is quiet by design: a keep tag says so."],
        Source = "nOps (90 days); PointFive",
        Remedies =
        [
            new("Delete the load balancer", "elbv2 delete-load-balancer --load-balancer-arn {arn}", "The way to its appliances: its endpoints go dark."),
        ],
        Terraform = "aws_lb",
        Judge = balancer => balancer.State("active") & balancer.Is("type", "gateway") & balancer.Nothing("new", "bytes"),
    };
}
