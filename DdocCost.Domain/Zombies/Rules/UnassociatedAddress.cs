namespace DdocCost.Domain.Zombies.Rules;

/// <summary>Elastic IP address that belongs to nothing.</summary>
internal static class UnassociatedAddress
{
    public static readonly ZombieRule Rule = new()
    {
        Id = "NET-01",
        Title = "Elastic IP address that belongs to nothing",
        Class = ZombieClass.Orphan,
        Kind = Kinds.Address,
        Criterion = "It is associated with nothing, for at least {days} days as far as is known.",
        Window = Threshold.Days(1, 1, 90),
        Sureness = Sureness.High,
        SavingInWords = "0.005 USD an hour",
        Traps =
        [
            "Its number may be on somebody's allow list: ask before releasing it, it does not come back.",
            "Addresses of your own pool are free; those that a service manages go with it: both left out.",
            "AWS does not tell when it was allocated or let go: CloudTrail or the scans that saw it so must cover the window.",
        ],
        Source = "AWS Trusted Advisor Z4AUBRNSmz",
        Remedies =
        [
            new("Release the address", "ec2 release-address --allocation-id {id}", "The number, for good: it may be on allow lists."),
        ],
        Terraform = "aws_eip",
        Judge = address => address.State("unassociated") & !address.FlagOrNot("ownPool") & !address.FlagOrNot("managed") & address.Lasted(),
    };
}
