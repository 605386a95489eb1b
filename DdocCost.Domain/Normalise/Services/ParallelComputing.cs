using static DdocCost.Domain.Normalise.Verbs;

namespace DdocCost.Domain.Normalise.Services;

/// <summary>Parallel Computing Service: controllers by the hour; nodes are billed as EC2. Source: AWS PCS API reference.</summary>
internal static class ParallelComputing
{
    private const string Cluster = "pcs:cluster";
    private const string Nodes = "pcs:compute-node-group";

    public static readonly Service Service = new("pcs",
        Starts("CreateCluster", Cluster, (record, changes) => changes.Add(
            size: record.Request["size"].Text?.ToLowerInvariant(), id: record.Response["cluster"]["id"].Text)),
        Stops("DeleteCluster", Cluster, "clusterIdentifier"),
        Starts("CreateComputeNodeGroup", Nodes, (record, changes) => changes.Add(
            quantity: Math.Max(1, record.Request["scalingConfiguration"]["minInstanceCount"].Amount ?? 1),
            id: record.Response["computeNodeGroup"]["id"].Text)),
        Stops("DeleteComputeNodeGroup", Nodes, "computeNodeGroupIdentifier"));
}
