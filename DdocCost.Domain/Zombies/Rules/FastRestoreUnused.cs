namespace DdocCost.Domain.Zombies.Rules;

/// <summary>Fast snapshot restore that no volume was made with.</summary>
internal static class FastRestoreUnused
{
    public static readonly ZombieRule Rule = new()
    {
        Id = "EBS-14",
        Title = "Fast snapshot restore that no volume was made with",
        Class = ZombieClass.Idle,
        Kind = Kinds.FastRestore,
        AlsoReads = [Kinds.Volume],
        Criterion = "It is enabled, and no volume was made of the snapshot within {days} days.",
        Window = Threshold.Days(7, 1, 90),
        Sureness = Sureness.High,
        SavingInWords = "zone hours at list price",
        Traps =
        [
            "A golden image kept ready for a burst looks the same: a keep tag says so.",
            "Each zone is billed, and is one finding.",
        ],
        Source = "AWS Service Screener (any); here with {days} days without use",
        Remedies =
        [
            new("Disable it", "ec2 disable-fast-snapshot-restores --availability-zones {zone} --source-snapshot-ids {snapshot}", "Speed: the next volume is filled from S3 as it is read.", IsReversible: true),
        ],
        Terraform = "aws_ebs_fast_snapshot_restore",
        Judge = restore => restore.State("enabled") & restore.NotWithinWindow("enabledAt")
            & !restore.Any(Kinds.Volume, volume => volume.Linked("snapshots").Contains(restore.Resource.Text("snapshot")) && volume.Created > restore.Now.AddDays(-restore.Days)),
    };
}
