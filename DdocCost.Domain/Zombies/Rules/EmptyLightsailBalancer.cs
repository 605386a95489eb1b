namespace DdocCost.Domain.Zombies.Rules;

/// <summary>Lightsail load balancer without instances.</summary>
internal static class EmptyLightsailBalancer
{
    public static readonly ZombieRule Rule = new()
    {
        Id = "LSL-03",
        Title = "Lightsail load balancer without instances",
        Class = ZombieClass.Orphan,
        Kind = Kinds.LightsailBalancer,
        Criterion = "No instance is attached to it, and has been so for at least {days} days as far as is known.",
        Window = Threshold.Days(14, 1, 180),
        Sureness = Sureness.High,
        IsDerived = true,
        ConfirmsAfterWindow = true,
        SavingInWords = "hours at list price",
        Traps = ["Instances that are being replaced: scans must see it so for the whole window."],
        Source = "derived: a load balancer is billed by the hour",
        Remedies =
        [
            new("Delete the load balancer", "lightsail delete-load-balancer --load-balancer-name {id}", "Its name in DNS and its certificates."),
        ],
        Terraform = "aws_lightsail_lb",
        Judge = balancer => balancer.State("active", "active_impaired") & !balancer.Has("instances"),
    };
}
