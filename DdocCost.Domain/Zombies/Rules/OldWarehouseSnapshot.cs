namespace DdocCost.Domain.Zombies.Rules;

/// <summary>Old manual Redshift snapshot.</summary>
internal static class OldWarehouseSnapshot
{
    public static readonly ZombieRule Rule = new()
    {
        Id = "RSH-05",
        Title = "Old manual Redshift snapshot",
        Class = ZombieClass.Stale,
        Kind = Kinds.WarehouseSnapshot,
        Criterion = "It was made by hand and is older than {days} days.",
        Window = Threshold.Days(180, 30, 400),
        Sureness = Sureness.Low,
        SavingInWords = "its size at the price of S3, as the most it can be",
        Saves = snapshot => snapshot.Price("s3", "standard first 50TB", snapshot.Resource.Number("megabytes") / 1024 ?? double.NaN).AtMost("snapshots share blocks, and storage up to the size of the cluster is free"),
        Traps = ["Automatic ones end by themselves: left out."],
        Source = "Cloud Custodian (21 days)",
        Remedies =
        [
            new("Delete the snapshot", "redshift delete-cluster-snapshot --snapshot-identifier {id}", "The backup, for good."),
        ],
        Terraform = "aws_redshift_cluster_snapshot",
        Judge = snapshot => snapshot.State("available") & snapshot.Is("snapshotType", "manual") & snapshot.IsOld,
    };
}
