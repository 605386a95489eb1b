using static DdocCost.Domain.Normalise.Verbs;

namespace DdocCost.Domain.Normalise.Services;

/// <summary>
/// ElastiCache clusters and replication groups, counted in nodes. Source: ElastiCache API reference; a CloudTrail record of each call.
/// </summary>
internal static class ElastiCache
{
    private const string Node = "elasticache:node";
    private const string Serverless = "elasticache:serverless-cache";
    private const string Snapshot = "elasticache:snapshot";
    private const string Global = "elasticache:global-group";

    public static readonly Service Service = new("elasticache",
        Starts("CreateCacheCluster", Node, Cluster),
        Changes("ModifyCacheCluster", Node, ModifyCluster),
        Stops("DeleteCacheCluster", Node, Cluster),
        Starts("CreateReplicationGroup", Node, (record, changes) => Group(record, changes, Nodes(record.Request))),
        Changes("ModifyReplicationGroup", Node, ModifyGroup),
        Changes("ModifyReplicationGroupShardConfiguration", Node, (record, changes) =>
            Group(record, changes, Members(record) is { } members ? PerShard(members, record) * record.Request["nodeGroupCount"].Amount : null)),
        Changes("IncreaseReplicaCount", Node, ReplicaCount),
        Changes("DecreaseReplicaCount", Node, ReplicaCount),
        Stops("DeleteReplicationGroup", Node, (record, changes) => Group(record, changes, Members(record))),
        Buys("PurchaseReservedCacheNodesOffering", "elasticache:reserved-node", (record, changes) => Reservations.Add(
            changes, record.Response, record.Response["cacheNodeType"], record["cacheNodeCount"], record["reservedCacheNodeId"])),
        Starts("CreateServerlessCache", Serverless, ServerlessCache),
        Changes("ModifyServerlessCache", Serverless, (record, changes) =>
        {
            if (!record.Request.IsObject || record.Request["cacheUsageLimits"].IsPresent || record.Request["engine"].IsPresent)
            {
                ServerlessCache(record, changes);
            }
        }),
        Stops("DeleteServerlessCache", Serverless, "serverlessCacheName"),
        Starts("CreateServerlessCacheSnapshot", Snapshot, "serverlessCacheSnapshotName"),
        Stops("DeleteServerlessCacheSnapshot", Snapshot, "serverlessCacheSnapshotName"),
        Starts("CreateSnapshot", Snapshot, (record, changes) => changes.Add(id: record.Request["snapshotName"].Text)),
        Starts("CopySnapshot", Snapshot, (record, changes) => changes.Add(id: record.Request["targetSnapshotName"].Text)),
        Stops("DeleteSnapshot", Snapshot, "snapshotName"),
        Starts("CreateGlobalReplicationGroup", Global, (record, changes) => changes.Add(
            id: record.Response["globalReplicationGroup"]["globalReplicationGroupId"].Or(record.Response["globalReplicationGroupId"]).Text)),
        Stops("DeleteGlobalReplicationGroup", Global, "globalReplicationGroupId"));

    private static void Cluster(CloudTrailRecord record, ChangeList changes) => changes.Add(
        size: record["cacheNodeType"].Text, quantity: record["numCacheNodes"].Amount, id: record["cacheClusterId"].Text,
        traits: Engine(record), owner: record["replicationGroupId"].Text is { } group ? $"elasticache:{group}" : null);

    private static void ModifyCluster(CloudTrailRecord record, ChangeList changes)
    {
        var asked = record.Request;
        if (asked["numCacheNodes"].IsPresent || asked["cacheNodeType"].IsPresent || !asked.IsObject)
        {
            changes.Add(
                size: asked["cacheNodeType"].Or(record.Response["cacheNodeType"]).Text,
                quantity: asked["numCacheNodes"].Or(record.Response["numCacheNodes"]).Amount,
                previousSize: asked["cacheNodeType"].IsPresent ? record.Response["cacheNodeType"].Text : null,
                id: asked["cacheClusterId"].Text, traits: Engine(record));
        }
    }

    private static void ModifyGroup(CloudTrailRecord record, ChangeList changes)
    {
        if (record.Request["cacheNodeType"].Text is { } size)
        {
            var before = record.Response["cacheNodeType"].Text;
            changes.Add(
                size: size, previousSize: before, quantity: Members(record), id: record.Request["replicationGroupId"].Text, traits: Engine(record));
        }
    }

    private static void ReplicaCount(CloudTrailRecord record, ChangeList changes) => Group(
        record, changes, record.Request["newReplicaCount"].Amount is { } replicas ? (1 + replicas) * Math.Max(1, Shards(record)) : Members(record));

    private static void Group(CloudTrailRecord record, ChangeList changes, decimal? nodes) => changes.Add(
        size: record["cacheNodeType"].Text, quantity: nodes, id: record.Request["replicationGroupId"].Text, traits: Engine(record),
        note: nodes is null ? "the record does not tell how many nodes" : null);

    // Shards times (primary and replicas); groups without shards are asked for by the number of clusters, a single node without any.
    private static decimal Nodes(Field asked)
    {
        var shards = asked["numNodeGroups"].Amount ?? Math.Max(1, asked["nodeGroupConfiguration"].Items.Count);
        return asked["numCacheClusters"].Amount ?? shards * (1 + (asked["replicasPerNodeGroup"].Amount ?? 0));
    }

    private static decimal? Members(CloudTrailRecord record) =>
        record.Response["memberClusters"].Items.Count is var count and > 0 ? count : null;

    private static int Shards(CloudTrailRecord record) => record.Response["nodeGroups"].Items.Count;

    private static decimal PerShard(decimal members, CloudTrailRecord record) => Math.Ceiling(members / Math.Max(1, Shards(record)));

    private static ResourceTraits Engine(CloudTrailRecord record) => new() { Engine = record["engine"].Text?.ToLowerInvariant() };

    // Data is billed from a minimum on; limits, where set, tell how little and how much it may be.
    private static void ServerlessCache(CloudTrailRecord record, ChangeList changes)
    {
        var made = record.Response["serverlessCache"].Or(record.Response);
        var limits = record.Request["cacheUsageLimits"].Or(made["cacheUsageLimits"]);
        changes.Add(
            size: "serverless", id: record.Request["serverlessCacheName"].Or(made["serverlessCacheName"]).Text,
            traits: new ResourceTraits
            {
                Engine = record.Request["engine"].Or(made["engine"]).Text?.ToLowerInvariant(),
                StorageGib = limits["dataStorage"]["minimum"].Amount,
                Iops = limits["eCPUPerSecond"]["minimum"].Amount,
            });
    }
}
