using DdocCost.Jobs.Demo.Trail;

namespace DdocCost.Jobs.Demo.Calls;

/// <summary>Calls to Amazon RDS.</summary>
/// <remarks>Shapes as CloudTrail logs them: Amazon RDS user guide, "Monitoring Amazon RDS API calls in AWS CloudTrail".</remarks>
public static class Rds
{
    /// <summary>Creates a PostgreSQL database.</summary>
    /// <param name="log">Where.</param>
    /// <param name="at">When.</param>
    /// <param name="who">Who.</param>
    /// <param name="name">Its identifier.</param>
    /// <param name="size">Instance class, such as <c>db.m6g.large</c>.</param>
    /// <param name="gib">Storage in GiB, gp3.</param>
    /// <param name="multiAz">With a standby in a second zone.</param>
    public static void CreateDbInstance(this CallLog log, DateTimeOffset at, Caller who, string name, string size, int gib, bool multiAz = false)
    {
        var request = new
        {
            dBInstanceIdentifier = name,
            allocatedStorage = gib,
            dBInstanceClass = size,
            engine = "postgres",
            masterUsername = "app",
            masterUserPassword = "****",
            multiAZ = multiAz,
            storageType = "gp3",
            storageEncrypted = true,
        };
        log.Record(at, who, new ApiCall("rds", "CreateDBInstance", request, log.Described(name, size, gib, multiAz, "creating")));
    }

    /// <summary>Changes the class of a database, at once.</summary>
    public static void ModifyDbInstance(this CallLog log, DateTimeOffset at, Caller who, string name, string from, string to, int gib, bool multiAz)
    {
        var request = new { dBInstanceIdentifier = name, dBInstanceClass = to, applyImmediately = true, allowMajorVersionUpgrade = false };
        log.Record(at, who, new ApiCall("rds", "ModifyDBInstance", request, log.Described(name, from, gib, multiAz, "available", to)));
    }

    /// <summary>Deletes a database.</summary>
    public static void DeleteDbInstance(this CallLog log, DateTimeOffset at, Caller who, string name, string size, int gib)
    {
        var request = new { dBInstanceIdentifier = name, skipFinalSnapshot = true, deleteAutomatedBackups = true };
        log.Record(at, who, new ApiCall("rds", "DeleteDBInstance", request, log.Described(name, size, gib, multiAz: false, "deleting")));
    }

    /// <summary>Takes a snapshot of a database.</summary>
    public static void CreateDbSnapshot(this CallLog log, DateTimeOffset at, Caller who, string name, int gib)
    {
        var snapshot = $"{name}-before-{log.Dice.Hex(6)}";
        var response = new
        {
            dBSnapshotIdentifier = snapshot,
            dBSnapshotArn = log.Arn("snapshot", snapshot),
            dBInstanceIdentifier = name,
            allocatedStorage = gib,
            storageType = "gp3",
            engine = "postgres",
            snapshotType = "manual",
            status = "creating",
            percentProgress = 0,
            encrypted = true,
        };
        log.Record(at, who, new ApiCall("rds", "CreateDBSnapshot", new { dBInstanceIdentifier = name, dBSnapshotIdentifier = snapshot }, response));
    }

    private static object Described(this CallLog log, string name, string size, int gib, bool multiAz, string status, string? pendingSize = null) => new
    {
        dBInstanceIdentifier = name,
        dBInstanceArn = log.Arn("db", name),
        dbiResourceId = "db-" + log.Account.Code(name, 26),
        dBInstanceClass = size,
        engine = "postgres",
        engineVersion = "16.4",
        dBInstanceStatus = status,
        allocatedStorage = gib,
        storageType = "gp3",
        storageEncrypted = true,
        multiAZ = multiAz,
        pendingModifiedValues = new { dBInstanceClass = pendingSize },
        publiclyAccessible = false,
        licenseModel = "postgresql-license",
    };

    private static string Arn(this CallLog log, string kind, string name) => $"arn:aws:rds:{log.Account.Region}:{log.Account.Id}:{kind}:{name}";
}
