namespace DdocCost.Domain.Zombies.Rules;

/// <summary>DAX cluster without requests.</summary>
internal static class IdleDax
{
    public static readonly ZombieRule Rule = new()
    {
        Id = "DAX-01",
        Title = "DAX cluster without requests",
        Class = ZombieClass.Idle,
        Kind = Kinds.DaxCluster,
        Criterion = "It is available, and no request reached it in the last {days} days.",
        Window = Threshold.Days(14, 7, 63),
        Metrics =
        [
            new("requests", "AWS/DAX", "TotalRequestCount", Statistic.Sum, "ClusterId={id}") { Unit = "requests" },
        ],
        Sureness = Sureness.High,
        IsDerived = true,
        SavingInWords = "node hours, estimated from EC2 prices",
        Traps = ["It holds a cache, no data of its own."],
        Source = "derived: nodes are billed by the hour",
        Remedies =
        [
            new("Delete the cluster", "dax delete-cluster --cluster-name {id}", "The cache and its endpoint; the tables stay."),
        ],
        Terraform = "aws_dax_cluster",
        Judge = cluster => cluster.State("available") & cluster.Nothing("requests"),
    };
}
