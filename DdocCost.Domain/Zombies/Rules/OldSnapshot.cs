namespace DdocCost.Domain.Zombies.Rules;

/// <summary>Old EBS snapshot.</summary>
internal static class OldSnapshot
{
    public static readonly ZombieRule Rule = new()
    {
        Id = "EBS-11",
        Title = "Old EBS snapshot",
        Class = ZombieClass.Stale,
        Kind = Kinds.Snapshot,
        AlsoReads = [Kinds.Image],
        Criterion = "It is older than {days} days, backs no image, and neither AWS Backup nor a lifecycle policy made it.",
        Window = Threshold.Days(180, 30, 400),
        Sureness = Sureness.Low,
        SavingInWords = "full size at the price of a snapshot, as the most it can be",
        Saves = snapshot => snapshot.ListPrice().AtMost("blocks shared with other snapshots stay"),
        Traps =
        [
            "Snapshots are billed for changed blocks: the saving is a ceiling.",
            "Those of images, of AWS Backup and of Data Lifecycle Manager are left out: each has an owner that ends them.",
        ],
        LeavesTo = ["backup:"],
        Source = "turbot Thrifty and CleanCloud (90 days), nOps (90 days)",
        Remedies =
        [
            new("Move it to the archive tier", "ec2 modify-snapshot-tier --snapshot-id {id} --storage-tier archive", "Nothing; it takes hours to restore, and stays for 90 days at least.", IsReversible: true),
            new("Delete the snapshot", "ec2 delete-snapshot --snapshot-id {id}", "The backup, for good."),
        ],
        Terraform = "aws_ebs_snapshot",
        Judge = snapshot => snapshot.State("completed") & snapshot.IsOld & !snapshot.FlagOrNot("managed")
            & !snapshot.IsLinkedFrom(Kinds.Image, "snapshots"),
    };
}
