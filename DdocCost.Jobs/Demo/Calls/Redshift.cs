using DdocCost.Jobs.Demo.Trail;

namespace DdocCost.Jobs.Demo.Calls;

/// <summary>Calls to Amazon Redshift.</summary>
/// <remarks>Shapes as CloudTrail logs them: Amazon Redshift management guide, "Logging Amazon Redshift API calls with AWS CloudTrail".</remarks>
public static class Redshift
{
    /// <summary>Creates a cluster.</summary>
    public static void CreateCluster(this CallLog log, DateTimeOffset at, Caller who, string name, string nodeType, int nodes)
    {
        var request = new { clusterIdentifier = name, clusterType = "multi-node", nodeType, numberOfNodes = nodes, masterUsername = "admin", masterUserPassword = "****", dBName = "analytics", encrypted = true };
        log.Record(at, who, new ApiCall("redshift", "CreateCluster", request, Described(name, nodeType, nodes, "creating")));
    }

    /// <summary>Pauses a cluster: its nodes stop costing.</summary>
    public static void PauseCluster(this CallLog log, DateTimeOffset at, Caller who, string name, string nodeType, int nodes) =>
        log.Record(at, who, new ApiCall("redshift", "PauseCluster", new { clusterIdentifier = name }, Described(name, nodeType, nodes, "pausing")));

    /// <summary>Resumes a paused cluster.</summary>
    public static void ResumeCluster(this CallLog log, DateTimeOffset at, Caller who, string name, string nodeType, int nodes) =>
        log.Record(at, who, new ApiCall("redshift", "ResumeCluster", new { clusterIdentifier = name }, Described(name, nodeType, nodes, "resuming")));

    /// <summary>Changes type and number of a cluster's nodes.</summary>
    public static void ResizeCluster(this CallLog log, DateTimeOffset at, Caller who, string name, string nodeType, int nodes)
    {
        var request = new { clusterIdentifier = name, clusterType = "multi-node", nodeType, numberOfNodes = nodes, classic = false };
        log.Record(at, who, new ApiCall("redshift", "ResizeCluster", request, Described(name, nodeType, nodes, "resizing")));
    }

    private static object Described(string name, string nodeType, int nodes, string status) => new
    {
        clusterIdentifier = name,
        nodeType,
        numberOfNodes = nodes,
        clusterStatus = status,
        dBName = "analytics",
        masterUsername = "admin",
        encrypted = true,
        publiclyAccessible = false,
        pendingModifiedValues = new { },
    };
}
