namespace DdocCost.Domain.Zombies.Rules;

/// <summary>EBS volume attached to nothing.</summary>
internal static class UnattachedVolume
{
    public static readonly ZombieRule Rule = new()
    {
        Id = "EBS-01",
        Title = "EBS volume attached to nothing",
        Class = ZombieClass.Orphan,
        Kind = Kinds.Volume,
        Criterion = "It is available and attached to nothing, for at least {days} days as far as is known.",
        Window = Threshold.Days(7, 1, 365),
        Sureness = Sureness.High,
        SavingInWords = "size, IOPS and throughput at list price",
        Traps =
        [
            "AWS does not tell when it was detached: CloudTrail, or the scans that saw it so, must cover the window.",
            "A volume that Kubernetes keeps for a claim is named as such: delete the claim.",
        ],
        Source = "AWS Trusted Advisor DAvU99Dc4C; AWS Compute Optimizer (32 days)",
        Remedies =
        [
            Remedy.Keep("Keep a snapshot", "ec2 create-snapshot --volume-id {id} --description before-deletion"),
            new("Delete the volume", "ec2 delete-volume --volume-id {id}", "The volume and all that is on it, for good."),
        ],
        Terraform = "aws_ebs_volume",
        Judge = volume => volume.State("available") & !volume.Has("instances") & volume.Lasted(),
    };
}
