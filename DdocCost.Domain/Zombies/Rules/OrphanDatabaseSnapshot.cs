namespace DdocCost.Domain.Zombies.Rules;

/// <summary>Snapshot of a database that is gone.</summary>
internal static class OrphanDatabaseSnapshot
{
    public static readonly ZombieRule Rule = new()
    {
        Id = "RDS-07",
        Title = "Snapshot of a database that is gone",
        Class = ZombieClass.Orphan,
        Kind = Kinds.DatabaseSnapshot,
        AlsoReads = [Kinds.Database, Kinds.DatabaseCluster],
        Criterion = "The database it was taken of is gone, it was made by hand, and it is older than {days} days.",
        Window = Threshold.Days(60, 7, 400),
        Sureness = Sureness.Medium,
        SavingInWords = "its size at the price of backup storage, as the most it can be",
        Saves = snapshot => snapshot.ListPrice().AtMost("snapshots share blocks"),
        Traps =
        [
            "It is often the final snapshot, the last of the data: sureness is medium.",
            "A database that was renamed keeps its resource id: ids are compared where the snapshot tells one, not names alone.",
        ],
        LeavesTo = ["backup:"],
        Source = "turbot Thrifty (30 days); Cloud Custodian",
        Remedies =
        [
            new("Delete the snapshot", "rds delete-db-snapshot --db-snapshot-identifier {id}", "The last of that database's data, for good. For a cluster snapshot: delete-db-cluster-snapshot."),
        ],
        Terraform = "aws_db_snapshot",
        Judge = snapshot => snapshot.State("available") & snapshot.Is("snapshotType", "manual") & snapshot.IsOld
            & !snapshot.Exists(Kinds.Database, snapshot.Resource.Text("database")) & !snapshot.Exists(Kinds.DatabaseCluster, snapshot.Resource.Text("database"))
            & !snapshot.Any(Kinds.Database, database => database.Text("resourceId") is { } id && id == snapshot.Resource.Text("databaseResourceId")),
    };
}
