namespace DdocCost.Domain.Zombies.Rules;

/// <summary>Old manual database snapshot.</summary>
internal static class OldDatabaseSnapshot
{
    public static readonly ZombieRule Rule = new()
    {
        Id = "RDS-06",
        Title = "Old manual database snapshot",
        Class = ZombieClass.Stale,
        Kind = Kinds.DatabaseSnapshot,
        Criterion = "It was made by hand, is older than {days} days, and nobody shares it.",
        Window = Threshold.Days(180, 30, 400),
        Sureness = Sureness.Low,
        SavingInWords = "its size at the price of backup storage, as the most it can be",
        Saves = snapshot => snapshot.ListPrice().AtMost("backup storage up to the size of the databases is free, and snapshots share blocks"),
        Traps =
        [
            "Those of AWS Backup and automated ones end by themselves: left out.",
            "Kept for the law or an audit: a keep tag says so, and sureness is low.",
        ],
        LeavesTo = ["backup:"],
        Source = "CleanCloud (90 days); AWS Service Screener (180 days)",
        Remedies =
        [
            new("Delete the snapshot", "rds delete-db-snapshot --db-snapshot-identifier {id}", "The backup, for good. For a cluster snapshot: delete-db-cluster-snapshot."),
        ],
        Terraform = "aws_db_snapshot",
        Judge = snapshot => snapshot.State("available") & snapshot.Is("snapshotType", "manual") & snapshot.IsOld,
    };
}
