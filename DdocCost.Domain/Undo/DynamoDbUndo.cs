namespace DdocCost.Domain.Undo;

/// <summary>DynamoDB.</summary>
internal static class DynamoDbUndo
{
    /// <summary>Tables.</summary>
    public static IEnumerable<UndoCommand> Tables(UndoTarget target) =>
    [
        target.Each(
            "Switch {table|tables} to on-demand capacity", "Nothing; requests are paid one by one from then on. It can be switched back once in 24 hours.",
            id => new AwsCall("dynamodb", "update-table", target.Region).With("--table-name", id).With("--billing-mode", "PAY_PER_REQUEST"), reversible: true),
        target.Each(
            "Delete {table|tables}", "The table and all its items, for good. Take a backup before.",
            id => new AwsCall("dynamodb", "delete-table", target.Region).With("--table-name", id)),
    ];
}
