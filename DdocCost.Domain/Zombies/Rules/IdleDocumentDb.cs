namespace DdocCost.Domain.Zombies.Rules;

/// <summary>DocumentDB cluster that nobody connects to.</summary>
internal static class IdleDocumentDb
{
    public static readonly ZombieRule Rule = new()
    {
        Id = "DOC-01",
        Title = "DocumentDB cluster that nobody connects to",
        Class = ZombieClass.Idle,
        Kind = Kinds.DatabaseCluster,
        AlsoReads = [Kinds.Database],
        Criterion = "It is available with members, and at no time in the last {days} days was a client connected.",
        Window = Threshold.Days(14, 7, 63),
        Metrics =
        [
            new("connections", "AWS/DocDB", "DatabaseConnections", Statistic.Maximum, "DBClusterIdentifier={id}") { Unit = "connections" },
        ],
        Sureness = Sureness.High,
        SavingInWords = "instance hours of its members at list price",
        Saves = cluster => cluster.SumOf(cluster.LinkedTo(Kinds.Database, "members")),
        Covers = cluster => cluster.Resource.Linked("members"),
        Traps =
        [
            "The same API tells of RDS and Neptune: the engine decides.",
            "Its data may be needed: a snapshot comes first.",
        ],
        Source = "AWS Compute Optimizer (14 days)",
        Remedies =
        [
            new("Stop it for at most 7 days", "docdb stop-db-cluster --db-cluster-identifier {id}", "Nothing; AWS starts it again after 7 days.", IsReversible: true),
            Remedy.Keep("Keep a snapshot", "docdb create-db-cluster-snapshot --db-cluster-identifier {id} --db-cluster-snapshot-identifier {id}-final"),
            new("Delete a member", "docdb delete-db-instance --db-instance-identifier {member}", "That member; repeat for each, then delete the cluster."),
        ],
        Terraform = "aws_docdb_cluster",
        Judge = cluster => cluster.State("available") & cluster.Is("engine", "docdb") & cluster.Has("members") & cluster.Nothing("connections"),
    };
}
