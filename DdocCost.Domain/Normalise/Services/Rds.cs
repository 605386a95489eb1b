using static DdocCost.Domain.Normalise.Services.Verbs;

namespace DdocCost.Domain.Normalise.Services;

/// <summary>
/// RDS and Aurora, and Neptune and DocumentDB, which come through the same eventSource. Source: RDS API reference; a CloudTrail record
/// of each call. Names are lower case to AWS, whatever the caller wrote.
/// </summary>
internal static class Rds
{
    private const string Database = "rds:db";
    private const string Cluster = "rds:cluster";
    private const string Snapshot = "rds:snapshot";
    private const decimal InstancesOfMultiAzCluster = 3;

    public static readonly Service Service = new("rds",
        Starts("CreateDBInstance", Database, Instance),
        Starts("CreateDBInstanceReadReplica", Database, Instance),
        Starts("RestoreDBInstanceFromDBSnapshot", Database, Instance),
        Starts("RestoreDBInstanceFromS3", Database, Instance),
        Starts("RestoreDBInstanceToPointInTime", Database, Restored),
        Starts("StartDBInstance", Database, Instance),
        Changes("ModifyDBInstance", Database, Modify),
        Stops("StopDBInstance", Database, Instance),
        Stops("DeleteDBInstance", Database, Instance),
        Starts("CreateDBCluster", Cluster, ClusterOrInstances),
        Starts("RestoreDBClusterFromSnapshot", Cluster, ClusterOrInstances),
        Starts("RestoreDBClusterFromS3", Cluster, ClusterOrInstances),
        Starts("RestoreDBClusterToPointInTime", Cluster, ClusterOrInstances),
        Starts("StartDBCluster", Cluster, ClusterOrInstances),
        Changes("ModifyDBCluster", Cluster, ModifyCluster),
        Stops("StopDBCluster", Cluster, ClusterOrInstances),
        Stops("DeleteDBCluster", Cluster, ClusterOrInstances),
        Starts("CreateDBSnapshot", Snapshot, (record, changes) => SnapshotNamed(record, changes, "dBSnapshotIdentifier")),
        Starts("CopyDBSnapshot", Snapshot, (record, changes) => SnapshotNamed(record, changes, "targetDBSnapshotIdentifier")),
        Starts("CreateDBClusterSnapshot", Snapshot, (record, changes) => SnapshotNamed(record, changes, "dBClusterSnapshotIdentifier")),
        Starts("CopyDBClusterSnapshot", Snapshot, (record, changes) => SnapshotNamed(record, changes, "targetDBClusterSnapshotIdentifier")),
        Stops("DeleteDBSnapshot", Snapshot, (record, changes) => SnapshotNamed(record, changes, "dBSnapshotIdentifier")),
        Stops("DeleteDBClusterSnapshot", Snapshot, (record, changes) => SnapshotNamed(record, changes, "dBClusterSnapshotIdentifier")),
        Starts("CreateDBProxy", "rds:proxy", (record, changes) => changes.Add(
            id: record.Request["dBProxyName"].Text, note: "billed by vCPU of its databases, which the record does not tell")),
        Stops("DeleteDBProxy", "rds:proxy", "dBProxyName"),
        Buys("PurchaseReservedDBInstancesOffering", "rds:reserved-db", (record, changes) => Reservations.Add(
            changes, record.Response, record.Response["dBInstanceClass"], record["dBInstanceCount"], record["reservedDBInstanceId"])));

    private static void Instance(CloudTrailRecord record, ChangeList changes) => changes.Add(
        size: record["dBInstanceClass"].Text, id: Name(record["dBInstanceIdentifier"]), traits: Traits(record), owner: OwnerOf(record));

    private static void Restored(CloudTrailRecord record, ChangeList changes) => changes.Add(
        size: record["dBInstanceClass"].Text, id: Name(record.Response["dBInstanceIdentifier"].Or(record.Request["targetDBInstanceIdentifier"])),
        traits: Traits(record));

    // The response still shows the old values; what is to come stands in the request and in pendingModifiedValues.
    private static void Modify(CloudTrailRecord record, ChangeList changes)
    {
        var asked = record.Request;
        if (asked.IsObject && !ChangesRate(asked))
        {
            return;
        }

        var before = record.Response;
        var size = asked["dBInstanceClass"].Text;
        changes.Add(
            size: size ?? before["dBInstanceClass"].Text,
            previousSize: size is null ? null : before["dBInstanceClass"].Text,
            id: Name(before["dBInstanceIdentifier"].Or(asked["dBInstanceIdentifier"])),
            traits: Traits(asked, before["pendingModifiedValues"], before),
            owner: OwnerOf(record),
            note: asked["applyImmediately"].Flag == true ? null : "applies in the next maintenance window");
    }

    private static bool ChangesRate(Field asked) =>
        asked["dBInstanceClass"].IsPresent || asked["allocatedStorage"].IsPresent || asked["multiAZ"].IsPresent
        || asked["iops"].IsPresent || asked["storageType"].IsPresent || asked["storageThroughput"].IsPresent;

    // A Multi-AZ DB cluster is three instances of one class; an Aurora cluster is billed as the instances made in it.
    private static void ClusterOrInstances(CloudTrailRecord record, ChangeList changes)
    {
        var size = record["dBClusterInstanceClass"].Text;
        changes.Add(
            type: size is null ? Cluster : Database,
            size: size,
            quantity: size is null ? 1 : InstancesOfMultiAzCluster,
            id: Name(record["dBClusterIdentifier"]),
            traits: Traits(record),
            note: size is null ? "billed as the instances in it, and by use" : null);
    }

    private static void ModifyCluster(CloudTrailRecord record, ChangeList changes)
    {
        var asked = record.Request;
        var size = asked["dBClusterInstanceClass"].Text;
        var capacity = asked["serverlessV2ScalingConfiguration"].Or(asked["scalingConfiguration"]).IsPresent;
        if (size is null && !capacity && !asked["allocatedStorage"].IsPresent && !asked["iops"].IsPresent && !asked["storageType"].IsPresent)
        {
            return;
        }

        var ofInstances = size ?? record.Response["dBClusterInstanceClass"].Text;
        changes.Add(
            type: ofInstances is null ? Cluster : Database,
            size: ofInstances,
            previousSize: size is null ? null : record.Response["dBClusterInstanceClass"].Text,
            quantity: ofInstances is null ? 1 : InstancesOfMultiAzCluster,
            id: Name(asked["dBClusterIdentifier"]),
            traits: Traits(asked, record.Response["pendingModifiedValues"], record.Response));
    }

    private static void SnapshotNamed(CloudTrailRecord record, ChangeList changes, string name) => changes.Add(
        id: Name(record.Request[name]), traits: new ResourceTraits { StorageGib = record["allocatedStorage"].Amount, Engine = record["engine"].Text },
        note: "at most: backup storage up to the size of the databases is free");

    private static ResourceTraits Traits(CloudTrailRecord record) => Traits(record.Response, default, record.Request);

    private static ResourceTraits Traits(Field first, Field second, Field third)
    {
        return new ResourceTraits
        {
            Engine = Told("engine").Text?.ToLowerInvariant(),
            MultiAz = Told("multiAZ").Flag ?? false,
            StorageGib = Told("allocatedStorage").Amount,
            StorageType = Told("storageType").Text,
            Iops = Told("iops").Amount,
            ThroughputMibps = Told("storageThroughput").Amount is { } throughput and > 0 ? throughput : null,
        };

        Field Told(string name) => first[name].Or(second[name]).Or(third[name]);
    }

    private static string? OwnerOf(CloudTrailRecord record) =>
        Name(record["dBClusterIdentifier"]) is { } cluster ? $"rds:{cluster}" : null;

    private static string? Name(Field name) => name.Text?.ToLowerInvariant();
}
