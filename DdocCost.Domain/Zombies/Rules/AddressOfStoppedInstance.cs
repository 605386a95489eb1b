namespace DdocCost.Domain.Zombies.Rules;

/// <summary>Elastic IP address of a stopped instance or unused interface.</summary>
internal static class AddressOfStoppedInstance
{
    public static readonly ZombieRule Rule = new()
    {
        Id = "NET-02",
        Title = "Elastic IP address of a stopped instance or unused interface",
        Class = ZombieClass.Idle,
        Kind = Kinds.Address,
        AlsoReads = [Kinds.Instance, Kinds.NetworkInterface],
        Criterion = "What it is associated with is a stopped instance, or an interface in use by nothing, for at least {days} days as far as is known.",
        Window = Threshold.Days(7, 1, 90),
        Sureness = Sureness.High,
        SavingInWords = "0.005 USD an hour; counted with the stopped instance",
        Traps =
        [
            "Counted once, in the finding on the instance.",
            "Switched off by schedule: it must have been so all the time.",
        ],
        Source = "AWS Trusted Advisor Z4AUBRNSmz",
        Remedies =
        [
            new("Disassociate the address", "ec2 disassociate-address --association-id {association}", "Reachability at this number.", IsReversible: true),
            new("Release the address", "ec2 release-address --allocation-id {id}", "The number, for good: it may be on allow lists."),
        ],
        Terraform = "aws_eip",
        Judge = address => address.State("associated") & !address.FlagOrNot("ownPool") & !address.FlagOrNot("managed")
            & (address.All(Kinds.Instance, "instances", instance => instance.State("stopped") & instance.Lasted("stoppedAt"))
            | address.All(Kinds.NetworkInterface, "interfaces", card => card.State("available") & card.Lasted())),
    };
}
