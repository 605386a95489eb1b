using DdocCost.Jobs.Demo.Trail;

namespace DdocCost.Benchmarks.Scorecard.Beyond.Calls;

/// <summary>Calls to Amazon RDS that make a database of another.</summary>
/// <remarks>Shapes as CloudTrail logs them: Amazon RDS user guide, "Monitoring Amazon RDS API calls in AWS CloudTrail".</remarks>
internal static class Copies
{
    public static void RestoreDbInstance(this CallLog log, DateTimeOffset at, Caller who, string name, string snapshot, string size, int gib)
    {
        var request = new { dBInstanceIdentifier = name, dBSnapshotIdentifier = snapshot, dBInstanceClass = size, multiAZ = false, publiclyAccessible = false };
        log.Record(at, who, new ApiCall("rds", "RestoreDBInstanceFromDBSnapshot", request, log.Made(name, size, gib)));
    }

    public static void CreateReadReplica(this CallLog log, DateTimeOffset at, Caller who, string name, string source, string size, int gib)
    {
        var request = new { dBInstanceIdentifier = name, sourceDBInstanceIdentifier = source, dBInstanceClass = size };
        log.Record(at, who, new ApiCall("rds", "CreateDBInstanceReadReplica", request, log.Made(name, size, gib)));
    }

    private static object Made(this CallLog log, string name, string size, int gib) => new
    {
        dBInstanceIdentifier = name,
        dBInstanceArn = $"arn:aws:rds:{log.Account.Region}:{log.Account.Id}:db:{name}",
        dBInstanceClass = size,
        engine = "postgres",
        dBInstanceStatus = "creating",
        allocatedStorage = gib,
        storageType = "gp3",
        multiAZ = false,
    };
}
