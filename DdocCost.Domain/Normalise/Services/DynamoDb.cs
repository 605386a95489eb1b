using static DdocCost.Domain.Normalise.Verbs;

namespace DdocCost.Domain.Normalise.Services;

/// <summary>
/// DynamoDB tables with provisioned capacity; on-demand tables are billed by use. Source: DynamoDB API reference; a CloudTrail record
/// of each call.
/// </summary>
internal static class DynamoDb
{
    private const string Table = "dynamodb:table";
    private const string BackupType = "dynamodb:backup";
    private const string Setting = "dynamodb:setting";
    private const string Transfer = "dynamodb:transfer";

    public static readonly Service Service = new("dynamodb",
        Starts("CreateTable", Table, Create),
        Starts("RestoreTableFromBackup", Table, Create),
        Starts("RestoreTableToPointInTime", Table, Create),
        Changes("UpdateTable", Table, Update),
        Stops("DeleteTable", Table, (record, changes) => changes.Add(id: Name(record))),
        Starts("CreateBackup", BackupType, (record, changes) => changes.Add(id: record.Response["backupDetails"]["backupArn"].Text)),
        Stops("DeleteBackup", BackupType, "backupArn"),
        Changes("UpdateContinuousBackups", Setting, (record, changes) => changes.Add(id: Name(record), size: "point-in-time recovery")),
        Changes("UpdateContributorInsights", Setting, (record, changes) => changes.Add(id: Name(record), size: "contributor insights")),
        Changes("EnableKinesisStreamingDestination", Setting, (record, changes) => changes.Add(id: Name(record), size: "streaming")),
        Starts("CreateGlobalTable", Setting, (record, changes) => changes.Add(id: record.Request["globalTableName"].Text, size: "replicas")),
        Changes("UpdateGlobalTable", Setting, (record, changes) => changes.Add(id: record.Request["globalTableName"].Text, size: "replicas")),
        Starts("ExportTableToPointInTime", Transfer, (record, changes) => changes.Add(id: record.Response["exportDescription"]["exportArn"].Text)),
        Starts("ImportTable", Transfer, (record, changes) => changes.Add(id: record.Response["importTableDescription"]["importArn"].Text)));

    private static void Create(CloudTrailRecord record, ChangeList changes)
    {
        var made = record.Made("tableDescription");
        var onDemand = IsOnDemand(record.Request) || IsOnDemand(record.Response["tableDescription"]["billingModeSummary"]);
        Add(record, changes, onDemand, made["provisionedThroughput"], made["globalSecondaryIndexes"].Items);
    }

    // The response shows the table before the update.
    private static void Update(CloudTrailRecord record, ChangeList changes)
    {
        var asked = record.Request;
        var throughput = asked["provisionedThroughput"].Or(asked["throughput"]);
        if (throughput.IsPresent || asked["billingMode"].IsPresent || !asked.IsObject)
        {
            Add(record, changes, IsOnDemand(asked), throughput, record.Response["tableDescription"]["globalSecondaryIndexes"].Items);
        }
    }

    private static void Add(CloudTrailRecord record, ChangeList changes, bool onDemand, Field throughput, FieldList indexes)
    {
        var (read, write) = (Read(throughput), Write(throughput));
        foreach (var index in indexes)
        {
            read += Read(index["provisionedThroughput"]) ?? 0;
            write += Write(index["provisionedThroughput"]) ?? 0;
        }

        changes.Add(
            size: onDemand ? "on-demand" : "provisioned", id: Name(record),
            traits: onDemand ? ResourceTraits.None : new ResourceTraits { ReadCapacity = read, WriteCapacity = write },
            note: onDemand ? "billed by use" : null);
    }

    private static decimal? Read(Field throughput) => throughput["readCapacityUnits"].Amount;

    private static decimal? Write(Field throughput) => throughput["writeCapacityUnits"].Amount;

    private static bool IsOnDemand(Field of) => of["billingMode"].Text == "PAY_PER_REQUEST";

    private static string? Name(CloudTrailRecord record) =>
        Ids.Tail(record.Response["tableDescription"]["tableName"].Or(record.Request["tableName"]).Or(record.Request["targetTableName"]).Text);
}
