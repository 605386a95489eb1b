namespace DdocCost.Domain.Zombies.Rules;

/// <summary>Neptune cluster without queries.</summary>
internal static class IdleNeptune
{
    public static readonly ZombieRule Rule = new()
    {
        Id = "NEP-01",
        Title = "Neptune cluster without queries",
        Class = ZombieClass.Idle,
        Kind = Kinds.DatabaseCluster,
        AlsoReads = [Kinds.Database],
        Criterion = "It is available with members, and no query of any language reached it in the last {days} days.",
        Window = Threshold.Days(14, 7, 63),
        Metrics =
        [
            new("gremlin", "AWS/Neptune", "GremlinRequestsPerSec", Statistic.Sum, "DBClusterIdentifier={id}") { Unit = "requests a second" },
            new("sparql", "AWS/Neptune", "SparqlRequestsPerSec", Statistic.Sum, "DBClusterIdentifier={id}") { Unit = "requests a second" },
            new("cypher", "AWS/Neptune", "OpenCypherRequestsPerSec", Statistic.Sum, "DBClusterIdentifier={id}") { Unit = "requests a second", IsSparse = true },
        ],
        Sureness = Sureness.Medium,
        SavingInWords = "instance hours of its members at list price",
        Saves = cluster => cluster.SumOf(cluster.LinkedTo(Kinds.Database, "members")),
        Covers = cluster => cluster.Resource.Linked("members"),
        Traps =
        [
            "Three query languages are counted apart: all must be quiet.",
            "Its data may be needed: a snapshot comes first.",
        ],
        Source = "Finala (7 days), with the language it leaves out",
        Remedies =
        [
            new("Stop it for at most 7 days", "neptune stop-db-cluster --db-cluster-identifier {id}", "Nothing; AWS starts it again after 7 days.", IsReversible: true),
            Remedy.Keep("Keep a snapshot", "neptune create-db-cluster-snapshot --db-cluster-identifier {id} --db-cluster-snapshot-identifier {id}-final"),
        ],
        Terraform = "aws_neptune_cluster",
        Judge = cluster => cluster.State("available") & cluster.Is("engine", "neptune") & cluster.Has("members") & cluster.Nothing("gremlin", "sparql", "cypher"),
    };
}
