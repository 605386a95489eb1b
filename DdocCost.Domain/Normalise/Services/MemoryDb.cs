using static DdocCost.Domain.Normalise.Services.Verbs;

namespace DdocCost.Domain.Normalise.Services;

/// <summary>MemoryDB clusters, counted in nodes. Source: MemoryDB API reference; a CloudTrail record of each call.</summary>
internal static class MemoryDb
{
    private const string Node = "memorydb:node";

    public static readonly Service Service = new("memorydb",
        Starts("CreateCluster", Node, (record, changes) => changes.Add(
            size: record.Request["nodeType"].Text, id: record.Request["clusterName"].Text,
            quantity: (record.Request["numShards"].Amount ?? 1) * (1 + (record.Request["numReplicasPerShard"].Amount ?? 1)))),
        Changes("UpdateCluster", Node, (record, changes) =>
        {
            if (record.Request["nodeType"].Text is { } size)
            {
                changes.Add(size: size, id: record.Request["clusterName"].Text);
            }
        }),
        Stops("DeleteCluster", Node, "clusterName"));
}
