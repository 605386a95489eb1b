namespace DdocCost.Domain.Zombies.Rules;

/// <summary>Gateway Load Balancer without a healthy appliance.</summary>
internal static class GatewayBalancerWithoutTargets
{
    public static readonly ZombieRule Rule = new()
    {
        Id = "NET-16",
        Title = "Gateway Load Balancer without a healthy appliance",
        Class = ZombieClass.Orphan,
        Kind = Kinds.Balancer,
        AlsoReads = [Kinds.TargetGroup],
        Criterion = "None of its targets is healthy, for at least {days} days.",
        Window = Threshold.Days(7, 1, 90),
        Sureness = Sureness.High,
        ConfirmsAfterWindow = true,
        SavingInWords = "hours at list price, without capacity units",
        Traps = ["Appliances scaled to nothing for a night: scans must see it so for the whole window."],
        Source = "turbot Thrifty",
        Remedies =
        [
            new("Delete the load balancer", "elbv2 delete-load-balancer --load-balancer-arn {arn}", "The way to its appliances: its endpoints go dark."),
        ],
        Terraform = "aws_lb",
        Judge = balancer => balancer.State("active") & balancer.Is("type", "gateway")
            & !balancer.Any(Kinds.TargetGroup, group => group.Linked("balancers").Contains(balancer.Resource.Id) && group.Number("healthy") is > 0),
    };
}
