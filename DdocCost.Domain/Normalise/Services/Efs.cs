using static DdocCost.Domain.Normalise.Verbs;

namespace DdocCost.Domain.Normalise.Services;

/// <summary>
/// EFS file systems: their provisioned throughput runs by the hour, storage is billed by use. Source: EFS API reference; a CloudTrail
/// record of each call.
/// </summary>
internal static class Efs
{
    private const string FileSystem = "efs:file-system";
    private const string Replication = "efs:replication";
    private const string Setting = "efs:setting";

    public static readonly Service Service = new("elasticfilesystem",
        Starts("CreateFileSystem", FileSystem, Sized),
        Changes("UpdateFileSystem", FileSystem, Sized),
        Stops("DeleteFileSystem", FileSystem, "fileSystemId"),
        Starts("CreateReplicationConfiguration", Replication, "sourceFileSystemId"),
        Stops("DeleteReplicationConfiguration", Replication, "sourceFileSystemId"),
        Changes("PutBackupPolicy", Setting, (record, changes) => changes.Add(size: "backup", id: record.Request["fileSystemId"].Text)),
        Changes("PutLifecycleConfiguration", Setting, (record, changes) => changes.Add(size: "lifecycle", id: record.Request["fileSystemId"].Text)));

    private static void Sized(CloudTrailRecord record, ChangeList changes) => changes.Add(
        size: record["throughputMode"].Text, id: record["fileSystemId"].Text,
        traits: new ResourceTraits { ThroughputMibps = record["provisionedThroughputInMibps"].Amount },
        note: "storage is billed by use");
}
