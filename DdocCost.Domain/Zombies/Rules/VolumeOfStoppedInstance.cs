namespace DdocCost.Domain.Zombies.Rules;

/// <summary>EBS volume of a stopped instance.</summary>
internal static class VolumeOfStoppedInstance
{
    public static readonly ZombieRule Rule = new()
    {
        Id = "EBS-02",
        Title = "EBS volume of a stopped instance",
        Class = ZombieClass.Idle,
        Kind = Kinds.Volume,
        AlsoReads = [Kinds.Instance],
        Criterion = "Every instance it is attached to has been stopped for at least {days} days.",
        Window = Threshold.Days(30, 7, 365),
        Sureness = Sureness.High,
        SavingInWords = "size, IOPS and throughput at list price; counted with the stopped instance",
        Traps =
        [
            "Counted once, in the finding on the instance.",
            "An instance that is started on a schedule runs now and then: each scan looks at its state.",
        ],
        LeavesTo = ["kubernetes:", "eks:"],
        Source = "turbot Thrifty; AWS Service Screener",
        Remedies =
        [
            Remedy.Keep("Keep a snapshot", "ec2 create-snapshot --volume-id {id} --description before-deletion"),
            new("Detach the volume", "ec2 detach-volume --volume-id {id}", "Nothing; it can be attached again.", IsReversible: true),
        ],
        Terraform = "aws_ebs_volume",
        Judge = volume => volume.State("in-use")
            & volume.All(Kinds.Instance, "instances", instance => instance.State("stopped") & instance.Lasted("stoppedAt")),
    };
}
