namespace DdocCost.Domain.Normalise;

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

    /// <summary>
    /// Starts one resource that the record names plainly: its id, size and quantity are members of the response's
    /// <paramref name="part"/> (or of the whole response), or of the request.
    /// </summary>
    public static Operation Starts(string name, string resourceType, string id, string? size = null, string? quantity = null, string? part = null) =>
        Starts(name, resourceType, Plain(id, size, quantity, part));

    /// <summary>
    /// Changes one resource that the record names plainly; where the request tells neither size nor quantity, nothing changes.
    /// </summary>
    public static Operation Changes(string name, string resourceType, string id, string? size = null, string? quantity = null, string? part = null) =>
        Changes(name, resourceType, (record, changes) =>
        {
            var asked = record.Request;
            var told = (size is not null && asked[size].IsPresent) || (quantity is not null && asked[quantity].IsPresent);
            if (told || !asked.IsObject)
            {
                var before = record.Response.Part(part);
                changes.Add(
                    size: size is null ? null : asked[size].Or(before[size]).Text,
                    quantity: quantity is null ? null : asked[quantity].Or(before[quantity]).Amount,
                    id: Ids.Plain(before[id].Or(asked[id])));
            }
        });

    /// <summary>Ends the one resource whose id the request (or the response's <paramref name="part"/>) has under this name.</summary>
    public static Operation Stops(string name, string resourceType, string id, string? part = null) =>
        Stops(name, resourceType, (record, changes) =>
            changes.Add(id: Ids.Plain(part is null ? record.Request[id].Or(record.Response[id]) : record.Response[part][id].Or(record.Request[id]))));

    /// <summary>Describes what others will refer to as <c>resourceType/name</c>.</summary>
    public static Operation Defines(string name, string resourceType, OperationReader read) => new(name, ResourceAction.Define, resourceType, read);

    /// <summary>Buys something for one sum.</summary>
    public static Operation Buys(string name, string resourceType, OperationReader read) => new(name, ResourceAction.OneTime, resourceType, read);

    private static OperationReader Plain(string id, string? size, string? quantity, string? part) => (record, changes) =>
    {
        var made = record.Made(part);
        changes.Add(
            size: size is null ? null : made[size].Text,
            quantity: quantity is null ? null : made[quantity].Amount,
            id: Ids.Plain(made[id]));
    };
}
