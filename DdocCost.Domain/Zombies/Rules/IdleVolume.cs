namespace DdocCost.Domain.Zombies.Rules;

/// <summary>Attached EBS volume that nobody reads or writes.</summary>
internal static class IdleVolume
{
    public static readonly ZombieRule Rule = new()
    {
        Id = "EBS-03",
        Title = "Attached EBS volume that nobody reads or writes",
        Class = ZombieClass.Idle,
        Kind = Kinds.Volume,
        AlsoReads = [Kinds.Instance],
        Criterion = "It is attached to a running instance, is no root volume, and on each of the last {days} days saw less than {ops} reads and {ops} writes.",
        Window = Threshold.Days(14, 7, 63),
        Limits = [new("ops", 1, 0, 1000, "operations a day")],
        Metrics =
        [
            new("reads", "AWS/EBS", "VolumeReadOps", Statistic.Sum, "VolumeId={id}") { Unit = "operations" },
            new("writes", "AWS/EBS", "VolumeWriteOps", Statistic.Sum, "VolumeId={id}") { Unit = "operations" },
        ],
        Sureness = Sureness.Medium,
        SavingInWords = "size, IOPS and throughput at list price",
        Traps =
        [
            "Root volumes are left out; a stopped instance's volumes have a rule of their own.",
            "A volume that is attached to several instances is left out.",
            "No values while its instance is stopped: a gap, not a zero.",
        ],
        Source = "AWS Compute Optimizer (less than 1 operation a day for 14 days)",
        Remedies =
        [
            Remedy.Keep("Keep a snapshot", "ec2 create-snapshot --volume-id {id} --description before-deletion"),
            new("Detach the volume", "ec2 detach-volume --volume-id {id}", "Nothing; it can be attached again. Unmount it first.", IsReversible: true),
        ],
        Terraform = "aws_ebs_volume",
        Judge = volume => volume.State("in-use") & !volume.FlagOrNot("multiAttach") & !volume.IsLinkedFrom(Kinds.Instance, "root")
            & volume.Any(Kinds.Instance, instance => instance.State == "running" && volume.Resource.Linked("instances").Contains(instance.Id))
            & volume.Peak("reads") < volume.Limit("ops") & volume.Peak("writes") < volume.Limit("ops"),
    };
}
