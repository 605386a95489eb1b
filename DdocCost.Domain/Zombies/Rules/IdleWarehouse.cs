namespace DdocCost.Domain.Zombies.Rules;

/// <summary>Redshift cluster that nobody connects to.</summary>
internal static class IdleWarehouse
{
    public static readonly ZombieRule Rule = new()
    {
        Id = "RSH-01",
        Title = "Redshift cluster that nobody connects to",
        Class = ZombieClass.Idle,
        Kind = Kinds.Warehouse,
        Criterion = "It is available, and at no time in the last {days} days was a client connected.",
        Window = Threshold.Days(14, 7, 63),
        Metrics =
        [
            new("connections", "AWS/Redshift", "DatabaseConnections", Statistic.Maximum, "ClusterIdentifier={id}") { Unit = "connections" },
        ],
        Sureness = Sureness.High,
        SavingInWords = "node hours at list price; managed storage stays",
        Traps =
        [
            "The Data API opens a connection for a moment: the daily maximum is looked at.",
            "A paused cluster costs its storage only: left out.",
        ],
        Source = "AWS Trusted Advisor G31sQ1E9U (7 days)",
        Remedies =
        [
            new("Pause the cluster", "redshift pause-cluster --cluster-identifier {id}", "Nothing; storage goes on to be billed.", IsReversible: true),
            new("Delete it with a final snapshot", "redshift delete-cluster --cluster-identifier {id} --final-cluster-snapshot-identifier {id}-final", "The cluster; the snapshot stays."),
        ],
        Terraform = "aws_redshift_cluster",
        Judge = cluster => cluster.State("available") & cluster.Nothing("connections"),
    };
}
