using static DdocCost.Domain.Normalise.Verbs;

namespace DdocCost.Domain.Normalise.Services;

/// <summary>DAX clusters, counted in nodes. Source: DynamoDB Accelerator API reference; a CloudTrail record of each call.</summary>
internal static class Dax
{
    private const string Node = "dax:node";

    public static readonly Service Service = new("dax",
        Starts("CreateCluster", Node, id: "clusterName", size: "nodeType", quantity: "replicationFactor"),
        Changes("IncreaseReplicationFactor", Node, id: "clusterName", quantity: "newReplicationFactor"),
        Changes("DecreaseReplicationFactor", Node, id: "clusterName", quantity: "newReplicationFactor"),
        Stops("DeleteCluster", Node, "clusterName"));
}
