namespace DdocCost.Domain.Zombies.Rules;

/// <summary>Application Load Balancer that leads nowhere.</summary>
internal static class ApplicationBalancerWithoutTargets
{
    public static readonly ZombieRule Rule = new()
    {
        Id = "NET-12",
        Title = "Application Load Balancer that leads nowhere",
        Class = ZombieClass.Orphan,
        Kind = Kinds.Balancer,
        AlsoReads = [Kinds.Listener, Kinds.TargetGroup],
        Criterion = "It has no listener, or none of its targets is healthy and no listener answers by itself, for at least {days} days.",
        Window = Threshold.Days(7, 1, 90),
        Sureness = Sureness.High,
        ConfirmsAfterWindow = true,
        SavingInWords = "hours at list price, without capacity units",
        Traps =
        [
            "A listener that redirects or answers with a fixed text needs no target: left out.",
            "Lambda functions and other load balancers are targets like any other.",
            "Blue and green deployments swap targets: scans must see it so for the whole window.",
        ],
        Source = "turbot Thrifty, Flexera, aws-doctor: without their fault of asking only whether a target group exists",
        Remedies =
        [
            new("Delete the load balancer", "elbv2 delete-load-balancer --load-balancer-arn {arn}", "Its name in DNS, for good."),
        ],
        Terraform = "aws_lb",
        Judge = balancer => balancer.State("active") & balancer.Is("type", "application")
            & (!balancer.IsLinkedFrom(Kinds.Listener, "balancers")
            | (!balancer.Any(Kinds.Listener, listener => listener.Linked("balancers").Contains(balancer.Resource.Id) && listener.Flag("answers") == true)
            & !balancer.Any(Kinds.TargetGroup, group => group.Linked("balancers").Contains(balancer.Resource.Id) && group.Number("healthy") is > 0))),
    };
}
