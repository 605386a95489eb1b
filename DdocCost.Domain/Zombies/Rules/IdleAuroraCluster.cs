namespace DdocCost.Domain.Zombies.Rules;

/// <summary>Aurora cluster that nobody connects to.</summary>
internal static class IdleAuroraCluster
{
    public static readonly ZombieRule Rule = new()
    {
        Id = "RDS-03",
        Title = "Aurora cluster that nobody connects to",
        Class = ZombieClass.Idle,
        Kind = Kinds.DatabaseCluster,
        AlsoReads = [Kinds.Database],
        Criterion = "It is available with members, and at no time in the last {days} days were more than {connections} clients connected to any of them.",
        Window = Threshold.Days(14, 7, 63),
        Limits = [new("connections", 0, 0, 5, "connections")],
        Metrics =
        [
            new("connections", "AWS/RDS", "DatabaseConnections", Statistic.Maximum, "DBClusterIdentifier={id}") { Unit = "connections" },
        ],
        Sureness = Sureness.High,
        SavingInWords = "instance hours of its members at list price",
        Saves = cluster => cluster.SumOf(cluster.LinkedTo(Kinds.Database, "members")),
        Covers = cluster => cluster.Resource.Linked("members"),
        Traps =
        [
            "The cluster is judged as a whole, never a member.",
            "The secondary of a global database serves nobody by design: left out.",
        ],
        Source = "AWS Compute Optimizer; Cloud Custodian (21 days)",
        Remedies =
        [
            new("Stop it for at most 7 days", "rds stop-db-cluster --db-cluster-identifier {id}", "Nothing; AWS starts it again after 7 days.", IsReversible: true),
            Remedy.Keep("Keep a snapshot", "rds create-db-cluster-snapshot --db-cluster-identifier {id} --db-cluster-snapshot-identifier {id}-final"),
            new("Delete a member", "rds delete-db-instance --db-instance-identifier {member}", "That member; repeat for each, then delete the cluster."),
        ],
        Terraform = "aws_rds_cluster",
        Judge = cluster => cluster.State("available") & cluster.Is("engine", "aurora", "aurora-mysql", "aurora-postgresql") & cluster.Has("members")
            & !cluster.FlagOrNot("secondary") & cluster.Peak("connections") <= cluster.Limit("connections"),
    };
}
