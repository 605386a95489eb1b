namespace DdocCost.Domain.Zombies.Rules;

/// <summary>MemoryDB cluster that nobody uses.</summary>
internal static class IdleMemoryDb
{
    public static readonly ZombieRule Rule = new()
    {
        Id = "MDB-01",
        Title = "MemoryDB cluster that nobody uses",
        Class = ZombieClass.Idle,
        Kind = Kinds.MemoryDb,
        Criterion = "It is available, and in the last {days} days there was no new connection and no key was read.",
        Window = Threshold.Days(14, 7, 63),
        Metrics =
        [
            new("connections", "AWS/MemoryDB", "NewConnections", Statistic.Sum, "ClusterName={id}") { Unit = "connections" },
            new("hits", "AWS/MemoryDB", "KeyspaceHits", Statistic.Sum, "ClusterName={id}") { Unit = "hits" },
            new("misses", "AWS/MemoryDB", "KeyspaceMisses", Statistic.Sum, "ClusterName={id}") { Unit = "misses" },
        ],
        Sureness = Sureness.High,
        SavingInWords = "node hours at list price",
        Traps = ["Its data is durable and may be needed: a snapshot comes first."],
        Source = "AWS Compute Optimizer (14 days)",
        Remedies =
        [
            new("Delete it with a final snapshot", "memorydb delete-cluster --cluster-name {id} --final-snapshot-name {id}-final", "The cluster; the snapshot stays."),
        ],
        Terraform = "aws_memorydb_cluster",
        Judge = cluster => cluster.State("available") & cluster.Nothing("connections", "hits", "misses"),
    };
}
