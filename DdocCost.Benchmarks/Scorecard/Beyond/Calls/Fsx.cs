using DdocCost.Jobs.Demo.Trail;

namespace DdocCost.Benchmarks.Scorecard.Beyond.Calls;

/// <summary>Calls to Amazon FSx for Lustre.</summary>
/// <remarks>Shapes as CloudTrail logs them: FSx for Lustre user guide, "Logging Amazon FSx for Lustre API calls with AWS CloudTrail".</remarks>
internal static class Fsx
{
    /// <summary>Creates a file system for the time of a job; returns its id.</summary>
    public static string CreateScratch(this CallLog log, DateTimeOffset at, Caller who, int gib)
    {
        var id = "fs-0" + log.Dice.Hex(16);
        var lustreConfiguration = new { deploymentType = "SCRATCH_2" };
        var request = new { clientRequestToken = log.Dice.NewId(), fileSystemType = "LUSTRE", storageCapacity = gib, storageType = "SSD", subnetIds = new[] { log.Account.Id17("subnet", "training") }, lustreConfiguration };
        var fileSystem = new { fileSystemId = id, fileSystemType = "LUSTRE", lifecycle = "CREATING", storageCapacity = gib, storageType = "SSD", lustreConfiguration, ownerId = log.Account.Id };
        log.Record(at, who, new ApiCall("fsx", "CreateFileSystem", request, new { fileSystem }));
        return id;
    }

    public static void DeleteFileSystem(this CallLog log, DateTimeOffset at, Caller who, string id) =>
        log.Record(at, who, new ApiCall("fsx", "DeleteFileSystem", new { fileSystemId = id, clientRequestToken = log.Dice.NewId() }, new { fileSystemId = id, lifecycle = "DELETING" }));
}
