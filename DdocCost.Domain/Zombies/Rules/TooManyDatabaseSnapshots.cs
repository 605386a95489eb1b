namespace DdocCost.Domain.Zombies.Rules;

/// <summary>Manual snapshot beyond the newest few of its database.</summary>
internal static class TooManyDatabaseSnapshots
{
    public static readonly ZombieRule Rule = new()
    {
        Id = "RDS-08",
        Title = "Manual snapshot beyond the newest few of its database",
        Class = ZombieClass.Stale,
        Kind = Kinds.DatabaseSnapshot,
        Criterion = "It was made by hand, and {kept} newer manual ones of the same database exist, itself older than {days} days.",
        Window = Threshold.Days(30, 7, 400),
        Limits = [new("kept", 5, 1, 100, "snapshots")],
        Sureness = Sureness.Low,
        SavingInWords = "its size at the price of backup storage, as the most it can be",
        Saves = snapshot => snapshot.ListPrice().AtMost("backup storage up to the size of the databases is free, and snapshots share blocks"),
        Traps = ["Only those beyond the newest few, oldest first.", "Those of AWS Backup are left to it."],
        LeavesTo = ["backup:"],
        Source = "AWS Service Screener (more than 5)",
        Remedies =
        [
            new("Delete the snapshot", "rds delete-db-snapshot --db-snapshot-identifier {id}", "The backup, for good. For a cluster snapshot: delete-db-cluster-snapshot."),
        ],
        Terraform = "aws_db_snapshot",
        Judge = snapshot => snapshot.State("available") & snapshot.Is("snapshotType", "manual") & snapshot.IsOld
            & snapshot.Count(Kinds.DatabaseSnapshot, other => other.Text("snapshotType") == "manual" && other.Text("database") == snapshot.Resource.Text("database") && other.Created > snapshot.Resource.Created) >= snapshot.Limit("kept"),
    };
}
