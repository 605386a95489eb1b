using static DdocCost.Domain.Normalise.Verbs;

namespace DdocCost.Domain.Normalise.Services;

/// <summary>EBS volumes, snapshots and images. Source: EC2 API reference; a CloudTrail record of each call.</summary>
internal static class EbsVolumes
{
    private const string Volume = "ec2:volume";
    private const string Snapshot = "ec2:snapshot";
    private const string FastRestore = "ec2:fast-snapshot-restore";
    private const string UpperBound = "at most: snapshots are billed for changed blocks";
    private const string Monitoring = "ec2:detailed-monitoring";

    public static readonly Service Service = new("ec2",
        Starts("CreateVolume", Volume, (record, changes) => changes.Add(
            size: record["volumeType"].Text ?? "gp2", id: record.Response["volumeId"].Text,
            traits: VolumeTraits(record["size"], record["iops"], record["throughput"]))),
        Changes("ModifyVolume", Volume, Modify),
        Stops("DeleteVolume", Volume, "volumeId"),
        Starts("CreateSnapshot", Snapshot, (record, changes) => changes.Add(
            id: record.Response["snapshotId"].Text, traits: Gib(record["volumeSize"]), note: UpperBound)),
        Starts("CreateSnapshots", Snapshot, OfAllVolumes),
        Starts("CopySnapshot", Snapshot, (record, changes) => changes.Add(id: record.Response["snapshotId"].Text, note: "the record does not tell its size")),
        Starts("ImportSnapshot", Snapshot, (record, changes) => changes.Add(
            id: record.Response["snapshotTaskDetail"]["snapshotId"].Text, note: "the record does not tell its size")),
        Stops("DeleteSnapshot", Snapshot, "snapshotId"),
        Starts("CreateImage", "ec2:image", "imageId"),
        Starts("CopyImage", "ec2:image", "imageId"),
        Starts("ImportImage", "ec2:image", "imageId"),
        Stops("DeregisterImage", "ec2:image", "imageId"),
        Starts("EnableFastSnapshotRestores", FastRestore, FastRestores),
        Stops("DisableFastSnapshotRestores", FastRestore, FastRestores),
        Starts("RestoreSnapshotFromRecycleBin", Snapshot, (record, changes) => changes.Add(
            id: record["snapshotId"].Text, traits: Gib(record.Response["volumeSize"]), note: UpperBound)),
        Changes("ModifySnapshotTier", Snapshot, (record, changes) => changes.Add(
            size: record.Request["storageTier"].Text, id: record.Request["snapshotId"].Text)),
        Changes("RestoreSnapshotTier", Snapshot, (record, changes) => changes.Add(size: "standard", id: record.Request["snapshotId"].Text)),
        Starts("CopyVolumes", Volume, (record, changes) =>
        {
            var made = record.Response["volumeSet"].Or(record.Response["volumes"]).Items.First;
            changes.Add(
                size: made["volumeType"].Or(record.Request["volumeType"]).Text, id: made["volumeId"].Text,
                traits: VolumeTraits(made["size"].Or(record.Request["size"]), made["iops"], made["throughput"]));
        }),
        Starts("ImportVolume", Volume, (record, changes) => changes.Add(
            size: "standard", id: record.Response["conversionTask"]["conversionTaskId"].Text,
            traits: Gib(record.Request["volume"]["size"]))),
        Starts("CreateStoreImageTask", "ec2:stored-image", (record, changes) => changes.Add(id: record.Response["objectKey"].Or(record.Request["imageId"]).Text)),
        Starts("MonitorInstances", Monitoring, (record, changes) => changes.Add(ids: Ids.Of(record.Request["instancesSet"], "instanceId"))),
        Stops("UnmonitorInstances", Monitoring, (record, changes) => changes.Add(ids: Ids.Of(record.Request["instancesSet"], "instanceId"))));

    // One snapshot for each volume of an instance; the request names the instance only.
    private static void OfAllVolumes(CloudTrailRecord record, ChangeList changes)
    {
        var snapshots = record.Response["snapshotSet"].Or(record.Response["snapshots"]).Items;
        foreach (var snapshot in snapshots)
        {
            changes.Add(id: snapshot["snapshotId"].Text, traits: Gib(snapshot["volumeSize"]), note: UpperBound);
        }

        if (snapshots.Count == 0)
        {
            changes.AddUntold();
        }
    }

    // What the request leaves out stays as it was; the response tells target and original.
    private static void Modify(CloudTrailRecord record, ChangeList changes)
    {
        var result = record.Response["volumeModification"];
        changes.Add(
            size: result["targetVolumeType"].Or(record.Request["volumeType"]).Text,
            previousSize: result["originalVolumeType"].Text,
            previousTraits: result["originalSize"].IsPresent
                ? VolumeTraits(result["originalSize"], result["originalIops"], result["originalThroughput"]) : null,
            id: result["volumeId"].Or(record.Request["volumeId"]).Text,
            traits: VolumeTraits(
                result["targetSize"].Or(record.Request["size"]),
                result["targetIops"].Or(record.Request["iops"]),
                result["targetThroughput"].Or(record.Request["throughput"])));
    }

    // Billed by the hour for each snapshot in each zone.
    private static void FastRestores(CloudTrailRecord record, ChangeList changes)
    {
        var zones = record.Request["availabilityZone"].Or(record.Request["availabilityZones"]);
        var ids = new List<string>();
        foreach (var snapshot in record.Request["sourceSnapshotId"].Or(record.Request["sourceSnapshotIds"]).Items)
        {
            foreach (var zone in zones.Items)
            {
                ids.Add($"{snapshot.Text}/{zone.Text}");
            }
        }

        changes.Add(ids: ids);
    }

    private static ResourceTraits VolumeTraits(Field size, Field iops, Field throughput) =>
        new() { StorageGib = size.Amount, Iops = iops.Amount, ThroughputMibps = throughput.Amount };

    private static ResourceTraits Gib(Field size) => new() { StorageGib = size.Amount };
}
