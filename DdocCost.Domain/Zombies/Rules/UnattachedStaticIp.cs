namespace DdocCost.Domain.Zombies.Rules;

/// <summary>Lightsail address that belongs to nothing.</summary>
internal static class UnattachedStaticIp
{
    public static readonly ZombieRule Rule = new()
    {
        Id = "LSL-01",
        Title = "Lightsail address that belongs to nothing",
        Class = ZombieClass.Orphan,
        Kind = Kinds.StaticIp,
        Criterion = "It is attached to no instance, for at least {days} days as far as is known.",
        Window = Threshold.Days(1, 1, 90),
        Sureness = Sureness.High,
        ConfirmsAfterWindow = true,
        SavingInWords = "0.005 USD an hour",
        Saves = address => address.Price("vpc", "public-ipv4 in-use", 1),
        Traps = ["Its number may be on somebody's allow list: it does not come back."],
        Source = "Prowler",
        Remedies =
        [
            new("Release the address", "lightsail release-static-ip --static-ip-name {id}", "The number, for good."),
        ],
        Terraform = "aws_lightsail_static_ip",
        Judge = address => !address.Flag("attached"),
    };
}
