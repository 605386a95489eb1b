namespace DdocCost.Domain.Zombies.Rules;

/// <summary>EBS snapshot whose volume is gone.</summary>
internal static class OrphanSnapshot
{
    public static readonly ZombieRule Rule = new()
    {
        Id = "EBS-12",
        Title = "EBS snapshot whose volume is gone",
        Class = ZombieClass.Orphan,
        Kind = Kinds.Snapshot,
        AlsoReads = [Kinds.Image, Kinds.Volume, Kinds.LaunchTemplate, Kinds.LaunchConfiguration],
        Criterion = "The volume it was taken of is gone, no image uses it, no volume was made from it, and it is older than {days} days.",
        Window = Threshold.Days(30, 7, 400),
        Sureness = Sureness.Medium,
        SavingInWords = "full size at the price of a snapshot, as the most it can be",
        Saves = snapshot => snapshot.ListPrice().AtMost("blocks shared with other snapshots stay"),
        Traps =
        [
            "A copy names no volume of this account (vol-ffffffff): left out.",
            "It may be the last backup of a deleted machine: sureness is medium, and the archive tier comes first.",
            "Launch templates, launch configurations and images may use it: all are asked.",
        ],
        LeavesTo = ["backup:"],
        Source = "OptScale (3 days); AWS Service Screener",
        Remedies =
        [
            new("Move it to the archive tier", "ec2 modify-snapshot-tier --snapshot-id {id} --storage-tier archive", "Nothing; it takes hours to restore, and stays for 90 days at least.", IsReversible: true),
            new("Delete the snapshot", "ec2 delete-snapshot --snapshot-id {id}", "The backup, for good."),
        ],
        Terraform = "aws_ebs_snapshot",
        Judge = snapshot => snapshot.State("completed") & snapshot.IsOld & !snapshot.FlagOrNot("managed")
            & !snapshot.Is("volume", "vol-ffffffff") & !snapshot.Exists(Kinds.Volume, snapshot.Resource.Text("volume"))
            & !snapshot.IsLinkedFrom(Kinds.Image, "snapshots") & !snapshot.IsLinkedFrom(Kinds.Volume, "snapshots")
            & !snapshot.IsLinkedFrom(Kinds.LaunchTemplate, "snapshots") & !snapshot.IsLinkedFrom(Kinds.LaunchConfiguration, "snapshots"),
    };
}
