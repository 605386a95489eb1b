using static DdocCost.Domain.Normalise.Verbs;

namespace DdocCost.Domain.Normalise.Services;

/// <summary>FSx file systems. Source: Amazon FSx API reference; a CloudTrail record of each call.</summary>
internal static class Fsx
{
    private const string FileSystem = "fsx:file-system";
    private const string Cache = "fsx:file-cache";
    private const string BackupType = "fsx:backup";
    private const string VolumeType = "fsx:volume";
    private const string Machine = "fsx:storage-virtual-machine";
    private const string SnapshotType = "fsx:snapshot";

    public static readonly Service Service = new("fsx",
        Starts("CreateFileSystem", FileSystem, Sized),
        Starts("CreateFileSystemFromBackup", FileSystem, Sized),
        Changes("UpdateFileSystem", FileSystem, (record, changes) =>
        {
            if (!record.Request.IsObject || record.Request["storageCapacity"].IsPresent || Configuration(record.Request)["throughputCapacity"].IsPresent)
            {
                Sized(record, changes);
            }
        }),
        Stops("DeleteFileSystem", FileSystem, "fileSystemId"),
        Starts("CreateFileCache", Cache, (record, changes) =>
        {
            var made = record.Made("fileCache");
            changes.Add(
                size: "lustre", id: made["fileCacheId"].Text, traits: new ResourceTraits { StorageGib = made["storageCapacity"].Amount });
        }),
        Stops("DeleteFileCache", Cache, "fileCacheId"),
        Starts("CreateBackup", BackupType, "backupId", part: "backup"),
        Starts("CopyBackup", BackupType, "backupId", part: "backup"),
        Stops("DeleteBackup", BackupType, "backupId"),
        Starts("CreateVolume", VolumeType, "volumeId", part: "volume"),
        Stops("DeleteVolume", VolumeType, "volumeId"),
        Starts("CreateStorageVirtualMachine", Machine, "storageVirtualMachineId", part: "storageVirtualMachine"),
        Stops("DeleteStorageVirtualMachine", Machine, "storageVirtualMachineId"),
        Starts("CreateSnapshot", SnapshotType, "snapshotId", part: "snapshot"),
        Stops("DeleteSnapshot", SnapshotType, "snapshotId"));

    private static void Sized(CloudTrailRecord record, ChangeList changes)
    {
        var made = record.Made("fileSystem");
        var (told, asked) = (Configuration(record.Response["fileSystem"]), Configuration(record.Request));
        var deployment = told["deploymentType"].Or(asked["deploymentType"]).Text;
        changes.Add(
            size: made["fileSystemType"].Text?.ToLowerInvariant(), id: made["fileSystemId"].Text,
            traits: new ResourceTraits
            {
                StorageGib = record.Request["storageCapacity"].Or(made["storageCapacity"]).Amount,
                StorageType = made["storageType"].Text?.ToLowerInvariant(),
                ThroughputMibps = asked["throughputCapacity"].Or(told["throughputCapacity"]).Or(asked["perUnitStorageThroughput"]).Amount,
                MultiAz = deployment?.StartsWith("MULTI_AZ", StringComparison.Ordinal) ?? false,
                Variant = deployment?.ToLowerInvariant(),
            });
    }

    private static Field Configuration(Field of) =>
        of["windowsConfiguration"].Or(of["lustreConfiguration"]).Or(of["ontapConfiguration"]).Or(of["openZFSConfiguration"]);
}
