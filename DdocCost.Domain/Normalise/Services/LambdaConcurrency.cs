using static DdocCost.Domain.Normalise.Verbs;

namespace DdocCost.Domain.Normalise.Services;

/// <summary>
/// Lambda's provisioned concurrency, the only part of Lambda that runs by the hour, and the memory size it needs. Source: Lambda API
/// reference; a CloudTrail record of each call. Lambda's event names may carry the date of their API version.
/// </summary>
internal static class LambdaConcurrency
{
    private const string Concurrency = "lambda:provisioned-concurrency";
    private const string Function = "lambda:function";
    private const string Mapping = "lambda:event-source-mapping";

    public static readonly Service Service = new("lambda",
        Starts("PutProvisionedConcurrencyConfig", Concurrency, Put),
        Starts("PutProvisionedConcurrencyConfig20190930", Concurrency, Put),
        Stops("DeleteProvisionedConcurrencyConfig", Concurrency, (record, changes) => changes.Add(id: Id(record.Request))),
        Stops("DeleteProvisionedConcurrencyConfig20190930", Concurrency, (record, changes) => changes.Add(id: Id(record.Request))),
        Defines("CreateFunction20150331", Function, Define),
        Defines("UpdateFunctionConfiguration20150331v2", Function, Define),
        Starts("CreateEventSourceMapping20150331", Mapping, Poll),
        Changes("UpdateEventSourceMapping20150331", Mapping, Poll),
        Stops("DeleteEventSourceMapping20150331", Mapping, "uUID"));

    private static void Put(CloudTrailRecord record, ChangeList changes) => changes.Add(
        quantity: record["requestedProvisionedConcurrentExecutions"].Or(record.Request["provisionedConcurrentExecutions"]).Amount,
        id: Id(record.Request), definition: Named(Name(record.Request)));

    private static void Define(CloudTrailRecord record, ChangeList changes)
    {
        if (record["memorySize"].Amount is { } mebibytes)
        {
            var name = Name(record.Request) ?? record.Response["functionName"].Text;
            changes.Add(id: name, definition: Named(name), traits: new ResourceTraits
            {
                MemoryGib = mebibytes / 1024,
                Variant = record["architectures"].Items.First.Text,
            });
        }
    }

    private static string? Id(Field asked) => Name(asked) is { } name ? $"{name}:{asked["qualifier"].Text ?? "$LATEST"}" : null;

    // A name, or an ARN: arn:aws:lambda:eu-west-1:111122223333:function:name
    private static string? Name(Field asked)
    {
        var name = asked["functionName"].Text;
        return name is not null && name.StartsWith("arn:", StringComparison.Ordinal) && name.Split(':') is [_, _, _, _, _, _, { Length: > 0 } told, ..] ? told : name;
    }

    private static string? Named(string? function) => function is null ? null : $"{Function}/{function}";

    // Pollers are billed where they are provisioned; the others come with the calls.
    private static void Poll(CloudTrailRecord record, ChangeList changes)
    {
        if (record["provisionedPollerConfig"] is { IsPresent: true } pollers)
        {
            changes.Add(quantity: pollers["minimumPollers"].Amount, id: record["uUID"].Text);
        }
    }
}
