namespace DdocCost.Domain.Zombies.Rules;

/// <summary>Idle EMR cluster.</summary>
internal static class IdleEmrCluster
{
    public static readonly ZombieRule Rule = new()
    {
        Id = "EMR-01",
        Title = "Idle EMR cluster",
        Class = ZombieClass.Idle,
        Kind = Kinds.EmrCluster,
        Criterion = "It waits, and was idle all the time on each of the last {days} days.",
        Window = Threshold.Days(1, 1, 63),
        Metrics = [new("idle", "AWS/ElasticMapReduce", "IsIdle", Statistic.Minimum, "JobFlowId={id}")],
        Sureness = Sureness.Medium,
        SavingInWords = "what EMR asks for its machines at list price; the machines themselves are in its instances",
        Traps =
        [
            "Notebooks, Presto, HBase and Flink run nothing that EMR counts: sureness is medium.",
            "One that ends itself when idle is left out.",
        ],
        Source = "turbot Thrifty (minutes), here by the day",
        Remedies =
        [
            new("End the cluster", "emr terminate-clusters --cluster-ids {id}", "The cluster with what is on its disks."),
        ],
        Terraform = "aws_emr_cluster",
        Judge = cluster => cluster.State("waiting", "running") & !cluster.FlagOrNot("endsItself") & cluster.Low("idle") >= 1,
    };
}
