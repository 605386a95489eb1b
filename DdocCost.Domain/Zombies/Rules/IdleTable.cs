namespace DdocCost.Domain.Zombies.Rules;

/// <summary>Provisioned DynamoDB table that nobody reads or writes.</summary>
internal static class IdleTable
{
    public static readonly ZombieRule Rule = new()
    {
        Id = "DDB-01",
        Title = "Provisioned DynamoDB table that nobody reads or writes",
        Class = ZombieClass.Idle,
        Kind = Kinds.Table,
        Criterion = "It has provisioned capacity, and the last {days} days consumed none of it, neither on the table nor on an index.",
        Window = Threshold.Days(30, 7, 63),
        Metrics =
        [
            new("reads", "AWS/DynamoDB", "ConsumedReadCapacityUnits", Statistic.Sum, "TableName={id}") { Unit = "units", IsSparse = true },
            new("writes", "AWS/DynamoDB", "ConsumedWriteCapacityUnits", Statistic.Sum, "TableName={id}") { Unit = "units", IsSparse = true },
            new("indexReads", "AWS/DynamoDB", "ConsumedReadCapacityUnits", Statistic.Sum, "TableName={id},GlobalSecondaryIndexName={indexes*}") { Unit = "units", IsSparse = true },
        ],
        Sureness = Sureness.High,
        SavingInWords = "its capacity at list price; on demand it would cost nothing",
        Traps =
        [
            "CloudWatch tells nothing while nothing is consumed: a missing day is a zero here.",
            "A replica of a global table is written by its copies: left out.",
            "Monthly jobs: the window is 30 days.",
        ],
        Source = "AWS Compute Optimizer (14 days); AWS Service Screener (30 days)",
        Remedies =
        [
            new("Change to on demand", "dynamodb update-table --table-name {id} --billing-mode PAY_PER_REQUEST", "Nothing; it can be changed back a day later.", IsReversible: true),
            Remedy.Keep("Keep a backup", "dynamodb create-backup --table-name {id} --backup-name before-deletion"),
            new("Delete the table", "dynamodb delete-table --table-name {id}", "The table and its data; the backup stays."),
        ],
        Terraform = "aws_dynamodb_table",
        Judge = table => table.State("active") & table.Is("mode", "provisioned") & !table.Has("replicas") & table.Nothing("reads", "writes")
            & (!table.Has("indexes") | table.Nothing("indexReads")),
    };
}
