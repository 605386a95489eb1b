namespace DdocCost.Domain.Zombies.Rules;

/// <summary>Network Load Balancer that leads nowhere.</summary>
internal static class NetworkBalancerWithoutTargets
{
    public static readonly ZombieRule Rule = new()
    {
        Id = "NET-14",
        Title = "Network Load Balancer that leads nowhere",
        Class = ZombieClass.Orphan,
        Kind = Kinds.Balancer,
        AlsoReads = [Kinds.Listener, Kinds.TargetGroup],
        Criterion = "It has no listener, or none of its targets is healthy, for at least {days} days.",
        Window = Threshold.Days(7, 1, 90),
        Sureness = Sureness.High,
        ConfirmsAfterWindow = true,
        SavingInWords = "hours at list price, without capacity units",
        Traps =
        [
            "Behind an endpoint service it serves other accounts: its targets still tell.",
            "Deployments swap targets: scans must see it so for the whole window.",
        ],
        Source = "turbot Thrifty; Flexera",
        Remedies =
        [
            new("Delete the load balancer", "elbv2 delete-load-balancer --load-balancer-arn {arn}", "Its name in DNS and its fixed addresses."),
        ],
        Terraform = "aws_lb",
        Judge = balancer => balancer.State("active") & balancer.Is("type", "network")
            & (!balancer.IsLinkedFrom(Kinds.Listener, "balancers")
            | !balancer.Any(Kinds.TargetGroup, group => group.Linked("balancers").Contains(balancer.Resource.Id) && group.Number("healthy") is > 0)),
    };
}
