using static DdocCost.Domain.Normalise.Verbs;

namespace DdocCost.Domain.Normalise.Services;

/// <summary>
/// Kinesis data streams, counted in shards, and their consumers with throughput of their own. Splits and merges tell by how many shards
/// the number changes, not how many there are. Source: Kinesis API reference; a CloudTrail record of each call.
/// </summary>
internal static class Kinesis
{
    private const string Stream = "kinesis:stream";
    private const string Retention = "kinesis:retention";
    private const string Consumer = "kinesis:stream-consumer";

    public static readonly Service Service = new("kinesis",
        Starts("CreateStream", Stream, (record, changes) =>
        {
            var onDemand = record.Request["streamModeDetails"]["streamMode"].Text == "ON_DEMAND";
            changes.Add(size: onDemand ? "on-demand" : "provisioned", quantity: onDemand ? 1 : record.Request["shardCount"].Amount, id: Name(record));
        }),
        Changes("UpdateShardCount", Stream, (record, changes) => changes.Add(
            size: "provisioned", quantity: record.Request["targetShardCount"].Amount, id: Name(record))),
        Changes("SplitShard", Stream, (record, changes) => changes.Add(size: "provisioned", quantityAdded: 1, id: Name(record))),
        Changes("MergeShards", Stream, (record, changes) => changes.Add(size: "provisioned", quantityAdded: -1, id: Name(record))),
        Changes("UpdateStreamMode", Stream, (record, changes) =>
        {
            var onDemand = record.Request["streamModeDetails"]["streamMode"].Text == "ON_DEMAND";
            changes.Add(size: onDemand ? "on-demand" : "provisioned", quantity: onDemand ? 1 : null, id: Name(record));
        }),
        Changes("IncreaseStreamRetentionPeriod", Retention, Retain),
        Changes("DecreaseStreamRetentionPeriod", Retention, Retain),
        Starts("RegisterStreamConsumer", Consumer, (record, changes) => changes.Add(
            id: record.Response["consumer"]["consumerARN"].Text, owner: Ids.Owner(Stream, Name(record)))),
        Stops("DeregisterStreamConsumer", Consumer, "consumerARN"),
        Stops("DeleteStream", Stream, (record, changes) => changes.Add(id: Name(record))));

    // The first day is included, and what is kept longer is billed by shard, whose number the record does not tell.
    private static void Retain(CloudTrailRecord record, ChangeList changes) => changes.Add(
        size: record.Request["retentionPeriodHours"].Amount > 24 ? "extended" : "included", id: Name(record));

    private static string? Name(CloudTrailRecord record) => record.Request["streamName"].Text ?? Ids.Tail(record.Request["streamARN"].Text);
}
