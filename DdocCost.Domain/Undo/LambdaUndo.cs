namespace DdocCost.Domain.Undo;

/// <summary>Lambda. Ids are <c>function:qualifier</c>.</summary>
internal static class LambdaUndo
{
    /// <summary>Provisioned concurrency.</summary>
    public static IEnumerable<UndoCommand> Concurrency(UndoTarget target) =>
    [
        target.Each(
            "End provisioned concurrency of {function|functions}", "Warm instances: first calls take longer. The function itself stays.",
            id => Named(new AwsCall("lambda", "delete-provisioned-concurrency-config", target.Region), id), reversible: true),
    ];

    private static AwsCall Named(AwsCall call, string id) =>
        id.LastIndexOf(':') is var colon and > 0 ? call.With("--function-name", id[..colon]).With("--qualifier", id[(colon + 1)..]) : call.With("--function-name", id);
}
