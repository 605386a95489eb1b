namespace DdocCost.Domain.Normalise.Services;

/// <summary>Reads from a record what it started, changed, stopped, defined or bought.</summary>
internal delegate void OperationReader(CloudTrailRecord record, ChangeList changes);

/// <summary>One AWS API operation that can cost money.</summary>
/// <param name="Name">Its eventName.</param>
/// <param name="Action">What it does when it succeeds.</param>
/// <param name="ResourceType">What it does it to, such as <c>rds:db</c>; a reader may name others besides.</param>
/// <param name="Read">Adds nothing where this record is free, such as a change that leaves the rate alone.</param>
internal sealed record Operation(string Name, ResourceAction Action, string ResourceType, OperationReader Read);

/// <summary>The operations of one eventSource, or some of them.</summary>
/// <param name="Name">eventSource without <c>.amazonaws.com</c>.</param>
/// <param name="Operations">A table: one line an operation.</param>
internal sealed record Service(string Name, params IReadOnlyList<Operation> Operations);

/// <summary>The verbs that the tables of <c>Services/</c> are written in.</summary>
internal static class Verbs
{
    /// <summary>Starts or creates what costs by the hour or month.</summary>
    public static Operation Starts(string name, string resourceType, OperationReader read) => new(name, ResourceAction.Start, resourceType, read);

    /// <summary>Changes the rate of what runs.</summary>
    public static Operation Changes(string name, string resourceType, OperationReader read) => new(name, ResourceAction.Change, resourceType, read);

    /// <summary>Ends what runs; the reader names it.</summary>
    public static Operation Stops(string name, string resourceType, OperationReader read) => new(name, ResourceAction.Stop, resourceType, read);

    /// <summary>Ends the one resource whose id the request (or the response) has under this name.</summary>
    public static Operation Stops(string name, string resourceType, string id) =>
        Stops(name, resourceType, (record, changes) => changes.Add(id: record.Request[id].Or(record.Response[id]).Text));

    /// <summary>Describes what others will refer to as <c>resourceType/name</c>.</summary>
    public static Operation Defines(string name, string resourceType, OperationReader read) => new(name, ResourceAction.Define, resourceType, read);

    /// <summary>Buys something for one sum.</summary>
    public static Operation Buys(string name, string resourceType, OperationReader read) => new(name, ResourceAction.OneTime, resourceType, read);
}
