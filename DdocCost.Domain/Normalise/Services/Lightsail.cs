using static DdocCost.Domain.Normalise.Verbs;

namespace DdocCost.Domain.Normalise.Services;

/// <summary>Lightsail: bundles at one price by the hour, also while stopped. Source: Amazon Lightsail API reference.</summary>
internal static class Lightsail
{
    private const string Instance = "lightsail:instance";
    private const string Database = "lightsail:database";
    private const string Container = "lightsail:container-service";
    private const string LoadBalancer = "lightsail:load-balancer";
    private const string Disk = "lightsail:disk";
    private const string Snapshot = "lightsail:snapshot";
    private const string Distribution = "lightsail:distribution";
    private const string Bucket = "lightsail:bucket";
    private const string Address = "lightsail:static-ip";

    public static readonly Service Service = new("lightsail",
        Starts("CreateInstances", Instance, Create),
        Starts("CreateInstancesFromSnapshot", Instance, Create),
        Stops("DeleteInstance", Instance, "instanceName"),
        Starts("CreateRelationalDatabase", Database, id: "relationalDatabaseName", size: "relationalDatabaseBundleId"),
        Starts("CreateRelationalDatabaseFromSnapshot", Database, id: "relationalDatabaseName", size: "relationalDatabaseBundleId"),
        Stops("DeleteRelationalDatabase", Database, "relationalDatabaseName"),
        Starts("CreateContainerService", Container, id: "serviceName", size: "power", quantity: "scale"),
        Changes("UpdateContainerService", Container, id: "serviceName", size: "power", quantity: "scale"),
        Stops("DeleteContainerService", Container, "serviceName"),
        Starts("CreateLoadBalancer", LoadBalancer, "loadBalancerName"),
        Stops("DeleteLoadBalancer", LoadBalancer, "loadBalancerName"),
        Starts("CreateDisk", Disk, (record, changes) => changes.Add(
            id: record.Request["diskName"].Text, traits: new ResourceTraits { StorageGib = record.Request["sizeInGb"].Amount })),
        Starts("CreateDiskFromSnapshot", Disk, (record, changes) => changes.Add(
            id: record.Request["diskName"].Text, traits: new ResourceTraits { StorageGib = record.Request["sizeInGb"].Amount })),
        Stops("DeleteDisk", Disk, "diskName"),
        Starts("CreateInstanceSnapshot", Snapshot, "instanceSnapshotName"),
        Stops("DeleteInstanceSnapshot", Snapshot, "instanceSnapshotName"),
        Starts("CreateDiskSnapshot", Snapshot, "diskSnapshotName"),
        Stops("DeleteDiskSnapshot", Snapshot, "diskSnapshotName"),
        Starts("CreateRelationalDatabaseSnapshot", Snapshot, "relationalDatabaseSnapshotName"),
        Stops("DeleteRelationalDatabaseSnapshot", Snapshot, "relationalDatabaseSnapshotName"),
        Starts("CreateDistribution", Distribution, id: "distributionName", size: "bundleId"),
        Stops("DeleteDistribution", Distribution, "distributionName"),
        Starts("CreateBucket", Bucket, id: "bucketName", size: "bundleId"),
        Stops("DeleteBucket", Bucket, "bucketName"),
        Starts("AllocateStaticIp", Address, "staticIpName"),
        Stops("ReleaseStaticIp", Address, "staticIpName"));

    private static void Create(CloudTrailRecord record, ChangeList changes)
    {
        var names = Ids.Of(record.Request["instanceNames"]);
        changes.Add(size: record.Request["bundleId"].Text, ids: names, quantity: Math.Max(1, names.Count));
    }
}
