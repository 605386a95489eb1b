namespace DdocCost.Domain.Zombies.Rules;

/// <summary>Aurora Serverless that keeps capacity nobody uses.</summary>
internal static class IdleServerlessCapacity
{
    public static readonly ZombieRule Rule = new()
    {
        Id = "RDS-04",
        Title = "Aurora Serverless that keeps capacity nobody uses",
        Class = ZombieClass.Idle,
        Kind = Kinds.DatabaseCluster,
        Criterion = "Its least capacity is above nothing, and at no time in the last {days} days was a client connected.",
        Window = Threshold.Days(14, 7, 63),
        Metrics =
        [
            new("connections", "AWS/RDS", "DatabaseConnections", Statistic.Maximum, "DBClusterIdentifier={id}") { Unit = "connections" },
        ],
        Sureness = Sureness.Medium,
        IsDerived = true,
        SavingInWords = "its least capacity all the time",
        Saves = cluster => cluster.Price("aurora", "serverless-v2 acu standard", cluster.Resource.Number("leastCapacity") ?? 0),
        Traps =
        [
            "Version 1 pauses by itself: left out.",
            "A proxy or logical replication keeps it from pausing at nothing: look at them too.",
        ],
        Source = "derived: Aurora Serverless v2 is billed for its least capacity, and can pause at nothing",
        Remedies =
        [
            new("Let it pause at nothing", "rds modify-db-cluster --db-cluster-identifier {id} --serverless-v2-scaling-configuration MinCapacity=0,MaxCapacity={mostCapacity}", "Some seconds at the first connection after a pause.", IsReversible: true),
        ],
        Terraform = "aws_rds_cluster",
        Judge = cluster => cluster.State("available") & cluster.Number("leastCapacity") > 0 & cluster.Nothing("connections"),
    };
}
