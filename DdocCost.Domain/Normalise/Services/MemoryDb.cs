using static DdocCost.Domain.Normalise.Verbs;

namespace DdocCost.Domain.Normalise.Services;

/// <summary>MemoryDB clusters, counted in nodes. Source: MemoryDB API reference; a CloudTrail record of each call.</summary>
internal static class MemoryDb
{
    private const string Node = "memorydb:node";
    private const string Snapshot = "memorydb:snapshot";
    private const string Multi = "memorydb:multi-region-cluster";

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
        Stops("DeleteCluster", Node, "clusterName"),
        Starts("CreateSnapshot", Snapshot, "snapshotName"),
        Starts("CopySnapshot", Snapshot, "targetSnapshotName"),
        Stops("DeleteSnapshot", Snapshot, "snapshotName"),
        Starts("CreateMultiRegionCluster", Multi, (record, changes) => changes.Add(
            id: record.Response["multiRegionCluster"]["multiRegionClusterName"].Or(record.Request["multiRegionClusterNameSuffix"]).Text)),
        Stops("DeleteMultiRegionCluster", Multi, "multiRegionClusterName"),
        Buys("PurchaseReservedNodesOffering", "memorydb:reserved-node", (record, changes) => Reservations.Add(
            changes, record.Response["reservedNode"], record.Response["reservedNode"]["nodeType"], record.Response["reservedNode"]["nodeCount"].Or(record.Request["nodeCount"]),
            record.Response["reservedNode"]["reservationId"])));
}
