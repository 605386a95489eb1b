using static DdocCost.Domain.Normalise.Verbs;

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
    private const string ClusterCapacity = "rds:cluster-capacity";
    private const string BlueGreen = "rds:blue-green-deployment";
    private const string ShardGroup = "rds:shard-group";
    private const string GlobalCluster = "rds:global-cluster";
    private const string Integration = "rds:integration";
    private const string Backups = "rds:automated-backup";
    private const string Serverless = "db.serverless";
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
        Starts("CreateDBCluster", Cluster, WholeCluster),
        Starts("RestoreDBClusterFromSnapshot", Cluster, WholeCluster),
        Starts("RestoreDBClusterFromS3", Cluster, WholeCluster),
        Starts("RestoreDBClusterToPointInTime", Cluster, WholeCluster),
        Starts("StartDBCluster", Cluster, WholeCluster),
        Changes("ModifyDBCluster", Cluster, ModifyCluster),
        Stops("StopDBCluster", Cluster, WholeCluster),
        Stops("DeleteDBCluster", Cluster, WholeCluster),
        Starts("CreateDBSnapshot", Snapshot, (record, changes) => SnapshotNamed(record, changes, "dBSnapshotIdentifier")),
        Starts("CopyDBSnapshot", Snapshot, (record, changes) => SnapshotNamed(record, changes, "targetDBSnapshotIdentifier")),
        Starts("CreateDBClusterSnapshot", Snapshot, (record, changes) => SnapshotNamed(record, changes, "dBClusterSnapshotIdentifier")),
        Starts("CopyDBClusterSnapshot", Snapshot, (record, changes) => SnapshotNamed(record, changes, "targetDBClusterSnapshotIdentifier")),
        Stops("DeleteDBSnapshot", Snapshot, (record, changes) => SnapshotNamed(record, changes, "dBSnapshotIdentifier")),
        Stops("DeleteDBClusterSnapshot", Snapshot, (record, changes) => SnapshotNamed(record, changes, "dBClusterSnapshotIdentifier")),
        Starts("CreateDBProxy", "rds:proxy", (record, changes) => changes.Add(
            id: record.Request["dBProxyName"].Text, note: "billed by vCPU of its databases, which the record does not tell")),
        Stops("DeleteDBProxy", "rds:proxy", "dBProxyName"),
        Changes("ModifyCurrentDBClusterCapacity", Cluster, CurrentCapacity),
        Starts("CreateBlueGreenDeployment", BlueGreen, (record, changes) => changes.Add(
            id: record.Response["blueGreenDeployment"].Or(record.Response)["blueGreenDeploymentIdentifier"].Or(record.Request["blueGreenDeploymentName"]).Text)),
        Stops("DeleteBlueGreenDeployment", BlueGreen, "blueGreenDeploymentIdentifier"),
        Starts("CreateDBShardGroup", ShardGroup, Shards),
        Changes("ModifyDBShardGroup", ShardGroup, Shards),
        Stops("DeleteDBShardGroup", ShardGroup, Shards),
        Starts("CreateGlobalCluster", GlobalCluster, (record, changes) => changes.Add(id: Name(record.Request["globalClusterIdentifier"]))),
        Stops("DeleteGlobalCluster", GlobalCluster, (record, changes) => changes.Add(id: Name(record.Request["globalClusterIdentifier"]))),
        Starts("CreateIntegration", Integration, "integrationArn"),
        Stops("DeleteIntegration", Integration, "integrationIdentifier"),
        Starts("StartDBInstanceAutomatedBackupsReplication", Backups, (record, changes) => changes.Add(id: record.Request["sourceDBInstanceArn"].Text)),
        Stops("StopDBInstanceAutomatedBackupsReplication", Backups, "sourceDBInstanceArn"),
        Stops("DeleteDBInstanceAutomatedBackup", Backups, (record, changes) => changes.Add(
            id: record.Request["dBInstanceAutomatedBackupsArn"].Or(record.Request["dbiResourceId"]).Text)),
        Stops("DeleteDBClusterAutomatedBackup", Backups, "dbClusterResourceId"),
        Starts("StartExportTask", "rds:export", (record, changes) => changes.Add(id: record.Request["exportTaskIdentifier"].Text)),
        Stops("CancelExportTask", "rds:export", "exportTaskIdentifier"),
        Starts("StartActivityStream", "rds:activity-stream", (record, changes) => changes.Add(id: record.Request["resourceArn"].Text)),
        Stops("StopActivityStream", "rds:activity-stream", "resourceArn"),
        Buys("PurchaseReservedDBInstancesOffering", "rds:reserved-db", (record, changes) => Reservations.Add(
            changes, record.Response, record.Response["dBInstanceClass"], record["dBInstanceCount"], record["reservedDBInstanceId"])));

    private static void Instance(CloudTrailRecord record, ChangeList changes) => changes.Add(
        size: record["dBInstanceClass"].Text, id: Name(record["dBInstanceIdentifier"]), traits: Traits(record), owner: OwnerOf(record),
        definition: record["dBInstanceClass"].Text == Serverless && Name(record["dBClusterIdentifier"]) is { } cluster
            ? $"{ClusterCapacity}/{cluster}" : null);

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
            previousTraits: before.IsObject ? Traits(before, default, default) : null,
            owner: OwnerOf(record),
            note: asked["applyImmediately"].Flag == true ? null : "applies in the next maintenance window");
    }

    private static bool ChangesRate(Field asked) =>
        asked["dBInstanceClass"].IsPresent || asked["allocatedStorage"].IsPresent || asked["multiAZ"].IsPresent
        || asked["iops"].IsPresent || asked["storageType"].IsPresent || asked["storageThroughput"].IsPresent;

    // A Multi-AZ DB cluster is three instances of one class; an Aurora cluster is billed as the instances made in it, and is the
    // place where the capacity of its serverless instances is set.
    private static void WholeCluster(CloudTrailRecord record, ChangeList changes)
    {
        var size = record["dBClusterInstanceClass"].Text;
        changes.Add(
            size: size ?? (IsServerlessV1(record) ? "serverless-v1" : null),
            quantity: size is null ? 1 : InstancesOfMultiAzCluster,
            id: Name(record["dBClusterIdentifier"]),
            traits: OfCluster(Traits(record), record));
        DefineCapacity(record, changes);
    }

    private static void ModifyCluster(CloudTrailRecord record, ChangeList changes)
    {
        var asked = record.Request;
        var (size, before) = (asked["dBClusterInstanceClass"].Text, record.Response["dBClusterInstanceClass"].Text);
        DefineCapacity(record, changes);
        if (size is not null || asked["allocatedStorage"].IsPresent || asked["iops"].IsPresent || asked["storageType"].IsPresent
            || asked["scalingConfiguration"].IsPresent)
        {
            changes.Add(
                size: size ?? before ?? (IsServerlessV1(record) ? "serverless-v1" : null),
                previousSize: size is null ? null : before,
                quantity: (size ?? before) is null ? null : InstancesOfMultiAzCluster,
                id: Name(asked["dBClusterIdentifier"]),
                traits: OfCluster(Traits(asked, record.Response["pendingModifiedValues"], record.Response), record));
        }
    }

    private static void CurrentCapacity(CloudTrailRecord record, ChangeList changes) => changes.Add(
        size: "serverless-v1", id: Name(record["dBClusterIdentifier"]),
        traits: record.Request["capacity"].Amount is { } units ? new ResourceTraits { Variant = CapacityText(units, units) } : null);

    private static bool IsServerlessV1(CloudTrailRecord record) =>
        record["engineMode"].Text == "serverless" || record["scalingConfiguration"].IsPresent;

    // All three instances are in the quantity, so that Multi-AZ must not double them.
    private static ResourceTraits OfCluster(ResourceTraits traits, CloudTrailRecord record) => traits with
    {
        MultiAz = false,
        Variant = Capacity(record["scalingConfiguration"].Or(record["scalingConfigurationInfo"])),
    };

    private static void DefineCapacity(CloudTrailRecord record, ChangeList changes)
    {
        if (Capacity(record["serverlessV2ScalingConfiguration"]) is { } capacity && Name(record["dBClusterIdentifier"]) is { } cluster)
        {
            changes.Add(
                type: ClusterCapacity, action: ResourceAction.Define, id: cluster, definition: $"{ClusterCapacity}/{cluster}",
                traits: new ResourceTraits { Variant = capacity });
        }
    }

    /// <summary><c>2-16 units</c>: how far serverless capacity may shrink and grow.</summary>
    private static string? Capacity(Field scaling) =>
        scaling["minCapacity"].Amount is { } least && scaling["maxCapacity"].Amount is { } most ? CapacityText(least, most) : null;

    private static string CapacityText(decimal least, decimal most) => FormattableString.Invariant($"{least:0.##}-{most:0.##} units");

    private static void SnapshotNamed(CloudTrailRecord record, ChangeList changes, string name) => changes.Add(
        id: Name(record.Request[name]), traits: new ResourceTraits { StorageGib = record["allocatedStorage"].Amount, Engine = record["engine"].Text },
        note: "at most: backup storage up to the size of the databases is free");

    private static void Shards(CloudTrailRecord record, ChangeList changes) => changes.Add(
        id: Name(record["dBShardGroupIdentifier"]),
        traits: new ResourceTraits { Variant = record["minACU"].Amount is { } least && record["maxACU"].Amount is { } most ? CapacityText(least, most) : null });

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
