using DdocCost.Jobs.Demo.Trail;

namespace DdocCost.Jobs.Demo.Calls;

/// <summary>Calls to Amazon ElastiCache.</summary>
/// <remarks>Shapes as CloudTrail logs them: Amazon ElastiCache user guide, "Logging Amazon ElastiCache API calls with AWS CloudTrail".</remarks>
public static class ElastiCache
{
    /// <summary>Creates a Redis replication group of some shards with some replicas each.</summary>
    public static void CreateReplicationGroup(this CallLog log, DateTimeOffset at, Caller who, string name, string nodeType, int shards, int replicas)
    {
        var request = new
        {
            replicationGroupId = name,
            replicationGroupDescription = name,
            engine = "redis",
            cacheNodeType = nodeType,
            numNodeGroups = shards,
            replicasPerNodeGroup = replicas,
            automaticFailoverEnabled = replicas > 0,
        };
        log.Record(at, who, new ApiCall("elasticache", "CreateReplicationGroup", request, log.Described(name, nodeType, "creating")));
    }

    /// <summary>Deletes a replication group.</summary>
    public static void DeleteReplicationGroup(this CallLog log, DateTimeOffset at, Caller who, string name, string nodeType) =>
        log.Record(at, who, new ApiCall("elasticache", "DeleteReplicationGroup", new { replicationGroupId = name, retainPrimaryCluster = false }, log.Described(name, nodeType, "deleting")));

    private static object Described(this CallLog log, string name, string nodeType, string status) => new
    {
        replicationGroupId = name,
        description = name,
        status,
        cacheNodeType = nodeType,
        clusterEnabled = true,
        aRN = $"arn:aws:elasticache:{log.Account.Region}:{log.Account.Id}:replicationgroup:{name}",
    };
}
