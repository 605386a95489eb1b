using DdocCost.Jobs.Demo.Trail;

namespace DdocCost.Jobs.Demo.Calls;

/// <summary>Calls to Amazon DynamoDB, tables with provisioned capacity.</summary>
/// <remarks>Shapes as CloudTrail logs them: Amazon DynamoDB developer guide, "Logging DynamoDB operations by using AWS CloudTrail".</remarks>
public static class DynamoDb
{
    /// <summary>Creates a table.</summary>
    public static void CreateTable(this CallLog log, DateTimeOffset at, Caller who, string name, int readUnits, int writeUnits)
    {
        var request = new
        {
            tableName = name,
            billingMode = "PROVISIONED",
            attributeDefinitions = new[] { new { attributeName = "pk", attributeType = "S" } },
            keySchema = new[] { new { attributeName = "pk", keyType = "HASH" } },
            provisionedThroughput = new { readCapacityUnits = readUnits, writeCapacityUnits = writeUnits },
        };
        log.Record(at, who, new ApiCall("dynamodb", "CreateTable", request, log.Described(name, readUnits, writeUnits, "CREATING")));
    }

    /// <summary>Changes a table's provisioned capacity.</summary>
    public static void UpdateTable(this CallLog log, DateTimeOffset at, Caller who, string name, (int Read, int Write) from, (int Read, int Write) to)
    {
        var request = new { tableName = name, provisionedThroughput = new { readCapacityUnits = to.Read, writeCapacityUnits = to.Write } };
        log.Record(at, who, new ApiCall("dynamodb", "UpdateTable", request, log.Described(name, from.Read, from.Write, "UPDATING")));
    }

    private static object Described(this CallLog log, string name, int readUnits, int writeUnits, string status) => new
    {
        tableDescription = new
        {
            tableName = name,
            tableArn = $"arn:aws:dynamodb:{log.Account.Region}:{log.Account.Id}:table/{name}",
            tableStatus = status,
            itemCount = 0,
            tableSizeBytes = 0,
            provisionedThroughput = new { numberOfDecreasesToday = 0, readCapacityUnits = readUnits, writeCapacityUnits = writeUnits },
        },
    };
}
