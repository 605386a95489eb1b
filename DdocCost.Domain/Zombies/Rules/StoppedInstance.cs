namespace DdocCost.Domain.Zombies.Rules;

/// <summary>Stopped EC2 instance whose storage is billed.</summary>
internal static class StoppedInstance
{
    public static readonly ZombieRule Rule = new()
    {
        Id = "EC2-03",
        Title = "Stopped EC2 instance whose storage is billed",
        Class = ZombieClass.Idle,
        Kind = Kinds.Instance,
        AlsoReads = [Kinds.Volume, Kinds.Address],
        Criterion = "It has been stopped for at least {days} days, while its volumes and addresses are billed.",
        Window = Threshold.Days(30, 7, 365),
        Sureness = Sureness.High,
        SavingInWords = "what its volumes and public addresses cost",
        Saves = instance => instance.SumOf(instance.LinkedFrom(Kinds.Volume, "instances")) + instance.SumOf(instance.LinkedFrom(Kinds.Address, "instances")),
        Covers = instance => instance.LinkedFrom(Kinds.Volume, "instances").Concat(instance.LinkedFrom(Kinds.Address, "instances")).Select(part => part.Id),
        Traps =
        [
            "AWS tells the time of the stop only as text, and not always: else CloudTrail's or the first scan's that saw it stopped counts.",
            "Switched off by schedule: it must have been stopped all the time, which every scan checks.",
            "Nothing to save where it has neither volume nor address.",
        ],
        LeavesTo = Owners.OfMachines,
        Source = "AWS Trusted Advisor c18d2gz150 (30 days)",
        Remedies =
        [
            Remedy.Keep("Keep an image of it", "ec2 create-image --instance-id {id} --name before-termination-{id} --no-reboot"),
            new("Terminate the instance", "ec2 terminate-instances --instance-ids {id}", "The instance and every volume that is set to be deleted with it, for good."),
        ],
        Terraform = "aws_instance",
        Judge = instance => instance.State("stopped") & instance.Lasted("stoppedAt")
            & (instance.IsLinkedFrom(Kinds.Volume, "instances") | instance.IsLinkedFrom(Kinds.Address, "instances")),
    };
}
