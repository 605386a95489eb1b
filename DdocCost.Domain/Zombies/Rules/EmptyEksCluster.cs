namespace DdocCost.Domain.Zombies.Rules;

/// <summary>EKS cluster without nodes.</summary>
internal static class EmptyEksCluster
{
    public static readonly ZombieRule Rule = new()
    {
        Id = "EKS-01",
        Title = "EKS cluster without nodes",
        Class = ZombieClass.Idle,
        Kind = Kinds.EksCluster,
        AlsoReads = [Kinds.Instance],
        Criterion = "It is active with no node group that has nodes, no Fargate profile, no Auto Mode, and no machine is tagged as its node, for at least {days} days.",
        Window = Threshold.Days(14, 3, 90),
        Sureness = Sureness.Medium,
        IsDerived = true,
        ConfirmsAfterWindow = true,
        SavingInWords = "cluster hours at list price, more in extended support",
        Traps =
        [
            "Nodes of one's own and Karpenter's are found by the tag kubernetes.io/cluster.",
            "Hybrid nodes are not machines of EC2: a cluster set up for them is left out.",
            "Scaled to nothing over a week-end: scans must see it so for the whole window.",
        ],
        Source = "derived: a cluster is billed by the hour",
        Remedies =
        [
            new("Delete the cluster", "eks delete-cluster --name {id}", "The cluster with all that Kubernetes knows; volumes and load balancers it made stay and are billed."),
        ],
        Terraform = "aws_eks_cluster",
        Judge = cluster => cluster.State("active") & !cluster.FlagOrNot("auto") & !cluster.FlagOrNot("hybrid") & cluster.Number("nodes") <= 0 & cluster.Number("profiles") <= 0
            & !cluster.Any(Kinds.Instance, instance => instance.State is "running" or "pending" && instance.Tags.ContainsKey($"kubernetes.io/cluster/{cluster.Resource.Id}")),
    };
}
