using static DdocCost.Domain.Normalise.Verbs;

namespace DdocCost.Domain.Normalise.Services;

/// <summary>Redshift clusters, counted in nodes. Source: Redshift API reference; a CloudTrail record of each call.</summary>
internal static class Redshift
{
    private const string Cluster = "redshift:cluster";
    private const string Snapshot = "redshift:snapshot";

    public static readonly Service Service = new("redshift",
        Starts("CreateCluster", Cluster, Read),
        Starts("RestoreFromClusterSnapshot", Cluster, Read),
        Starts("ResumeCluster", Cluster, Read),
        Changes("ResizeCluster", Cluster, Resize),
        Changes("ModifyCluster", Cluster, (record, changes) =>
        {
            var asked = record.Request;
            if (!asked.IsObject || asked["nodeType"].IsPresent || asked["numberOfNodes"].IsPresent || asked["clusterType"].IsPresent)
            {
                Resize(record, changes);
            }
        }),
        Stops("PauseCluster", Cluster, Read),
        Stops("DeleteCluster", Cluster, Read),
        Buys("PurchaseReservedNodeOffering", "redshift:reserved-node", (record, changes) => Reservations.Add(
            changes, record.Response, record.Response["nodeType"], record["nodeCount"], record.Response["reservedNodeId"])),
        Starts("CreateClusterSnapshot", Snapshot, "snapshotIdentifier"),
        Starts("CopyClusterSnapshot", Snapshot, "targetSnapshotIdentifier"),
        Stops("DeleteClusterSnapshot", Snapshot, "snapshotIdentifier"),
        Buys("AcceptReservedNodeExchange", "redshift:reserved-node", (record, changes) =>
        {
            var made = record.Response["exchangedReservedNode"].Or(record.Response);
            Reservations.Add(changes, made, made["nodeType"], made["nodeCount"], made["reservedNodeId"]);
        }));

    private static void Read(CloudTrailRecord record, ChangeList changes) => changes.Add(
        size: record["nodeType"].Text, quantity: record["numberOfNodes"].Amount, id: record["clusterIdentifier"].Text);

    // The response may still describe the cluster before the resize.
    private static void Resize(CloudTrailRecord record, ChangeList changes)
    {
        var (asked, told) = (record.Request, record.Response);
        var single = asked["clusterType"].Text == "single-node";
        var (size, before) = (asked["nodeType"].Text, told["nodeType"].Text);
        changes.Add(
            size: size ?? before,
            previousSize: size == before ? null : before,
            quantity: single ? 1 : asked["numberOfNodes"].Or(told["numberOfNodes"]).Amount,
            id: asked["clusterIdentifier"].Text);
    }
}
