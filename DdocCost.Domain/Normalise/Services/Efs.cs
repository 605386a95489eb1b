using static DdocCost.Domain.Normalise.Services.Verbs;

namespace DdocCost.Domain.Normalise.Services;

/// <summary>
/// EFS file systems: their provisioned throughput runs by the hour, storage is billed by use. Source: EFS API reference; a CloudTrail
/// record of each call.
/// </summary>
internal static class Efs
{
    private const string FileSystem = "efs:file-system";

    public static readonly Service Service = new("elasticfilesystem",
        Starts("CreateFileSystem", FileSystem, Sized),
        Changes("UpdateFileSystem", FileSystem, Sized),
        Stops("DeleteFileSystem", FileSystem, "fileSystemId"));

    private static void Sized(CloudTrailRecord record, ChangeList changes) => changes.Add(
        size: record["throughputMode"].Text, id: record["fileSystemId"].Text,
        traits: new ResourceTraits { ThroughputMibps = record["provisionedThroughputInMibps"].Amount },
        note: "storage is billed by use");
}
