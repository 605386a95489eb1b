using static DdocCost.Domain.Normalise.Services.Verbs;

namespace DdocCost.Domain.Normalise.Services;

/// <summary>
/// Kinesis data streams, counted in shards. Splits and merges change the count by one without telling it, and are left out. Source:
/// Kinesis API reference; a CloudTrail record of each call.
/// </summary>
internal static class Kinesis
{
    private const string Stream = "kinesis:stream";

    public static readonly Service Service = new("kinesis",
        Starts("CreateStream", Stream, (record, changes) =>
        {
            var onDemand = record.Request["streamModeDetails"]["streamMode"].Text == "ON_DEMAND";
            changes.Add(size: onDemand ? "on-demand" : "provisioned", quantity: onDemand ? 1 : record.Request["shardCount"].Amount, id: Name(record));
        }),
        Changes("UpdateShardCount", Stream, (record, changes) => changes.Add(
            size: "provisioned", quantity: record.Request["targetShardCount"].Amount, id: Name(record))),
        Stops("DeleteStream", Stream, (record, changes) => changes.Add(id: Name(record))));

    private static string? Name(CloudTrailRecord record) => record.Request["streamName"].Text ?? Ids.Tail(record.Request["streamARN"].Text);
}
