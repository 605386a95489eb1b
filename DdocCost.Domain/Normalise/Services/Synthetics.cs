using static DdocCost.Domain.Normalise.Verbs;

namespace DdocCost.Domain.Normalise.Services;

/// <summary>
/// CloudWatch Synthetics canaries, by run: their schedule tells how many an hour. Source: CloudWatch Synthetics API reference; a
/// CloudTrail record of most calls.
/// </summary>
internal static class Synthetics
{
    private const string Canary = "synthetics:canary";
    private const string Definition = "synthetics:canary-schedule";

    public static readonly Service Service = new("synthetics",
        Defines("CreateCanary", Definition, (record, changes) => Define(record, changes)),
        Changes("UpdateCanary", Canary, (record, changes) =>
        {
            if (record.Request["schedule"].IsPresent)
            {
                Define(record, changes);
                changes.Add(size: record.Request["schedule"]["expression"].Text, id: record.Request["name"].Text);
            }
        }),
        Starts("StartCanary", Canary, (record, changes) => changes.Add(
            id: record.Request["name"].Text, definition: record.Request["name"].Text is { } name ? $"{Definition}/{name}" : null)),
        Stops("StopCanary", Canary, "name"),
        Stops("DeleteCanary", Canary, "name"));

    private static void Define(CloudTrailRecord record, ChangeList changes)
    {
        if (record.Request["name"].Text is { } name)
        {
            changes.Add(
                type: Definition, action: ResourceAction.Define, size: record.Request["schedule"]["expression"].Text, id: name,
                definition: $"{Definition}/{name}");
        }
    }
}
