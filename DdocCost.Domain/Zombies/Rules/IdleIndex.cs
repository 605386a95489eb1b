namespace DdocCost.Domain.Zombies.Rules;

/// <summary>DynamoDB index that nobody reads.</summary>
internal static class IdleIndex
{
    public static readonly ZombieRule Rule = new()
    {
        Id = "DDB-02",
        Title = "DynamoDB index that nobody reads",
        Class = ZombieClass.Idle,
        Kind = Kinds.TableIndex,
        Criterion = "It has provisioned capacity, the table is used, and nobody read this index in the last {days} days.",
        Window = Threshold.Days(30, 7, 63),
        Metrics =
        [
            new("reads", "AWS/DynamoDB", "ConsumedReadCapacityUnits", Statistic.Sum, "TableName={table},GlobalSecondaryIndexName={name}") { Unit = "units", IsSparse = true },
            new("tableReads", "AWS/DynamoDB", "ConsumedReadCapacityUnits", Statistic.Sum, "TableName={table}") { Unit = "units", IsSparse = true },
        ],
        Sureness = Sureness.Medium,
        SavingInWords = "its capacity at list price; each write to the table is written to it as well",
        Traps =
        [
            "A report that runs once a quarter: sureness is medium.",
            "An unused table is a finding of its own.",
        ],
        Source = "AWS Service Screener (30 days)",
        Remedies =
        [
            new("Delete the index", "dynamodb update-table --table-name {table} --global-secondary-index-updates [{\"Delete\":{\"IndexName\":\"{name}\"}}]", "The index; queries that name it fail."),
        ],
        Terraform = "aws_dynamodb_table",
        Judge = index => index.State("active") & index.Is("mode", "provisioned") & index.Nothing("reads") & index.Total("tableReads") > 0,
    };
}
