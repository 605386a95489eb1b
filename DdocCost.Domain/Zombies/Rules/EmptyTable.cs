namespace DdocCost.Domain.Zombies.Rules;

/// <summary>Empty DynamoDB table with provisioned capacity.</summary>
internal static class EmptyTable
{
    public static readonly ZombieRule Rule = new()
    {
        Id = "DDB-05",
        Title = "Empty DynamoDB table with provisioned capacity",
        Class = ZombieClass.Orphan,
        Kind = Kinds.Table,
        Criterion = "It holds nothing, has provisioned capacity, and is older than {days} days.",
        Window = Threshold.Days(30, 7, 365),
        Metrics =
        [
            new("writes", "AWS/DynamoDB", "ConsumedWriteCapacityUnits", Statistic.Sum, "TableName={id}") { Unit = "units", IsSparse = true },
        ],
        Sureness = Sureness.Low,
        SavingInWords = "its capacity at list price; on demand it would cost nothing",
        Traps =
        [
            "Tables used as a queue or lock are empty most of the time: there must have been no write either.",
            "The size lags six hours: the window is longer.",
        ],
        Source = "Cloud Custodian",
        Remedies =
        [
            new("Change to on demand", "dynamodb update-table --table-name {id} --billing-mode PAY_PER_REQUEST", "Nothing; it can be changed back a day later.", IsReversible: true),
            new("Delete the table", "dynamodb delete-table --table-name {id}", "The table."),
        ],
        Terraform = "aws_dynamodb_table",
        Judge = table => table.State("active") & table.Is("mode", "provisioned") & table.Number("bytes") <= 0 & !table.Has("replicas") & table.Nothing("writes"),
    };
}
