using DdocCost.Jobs.Demo.Trail;

namespace DdocCost.Benchmarks.Scorecard.Beyond.Calls;

/// <summary>Calls to Amazon Kinesis Data Streams.</summary>
/// <remarks>Shapes as CloudTrail logs them: Amazon Kinesis developer guide, "Logging Amazon Kinesis Data Streams API calls with AWS CloudTrail".</remarks>
internal static class Kinesis
{
    public static void CreateStream(this CallLog log, DateTimeOffset at, Caller who, string name, int shards) =>
        log.Record(at, who, new ApiCall("kinesis", "CreateStream", new { streamName = name, shardCount = shards, streamModeDetails = new { streamMode = "PROVISIONED" } }, null));

    public static void UpdateShardCount(this CallLog log, DateTimeOffset at, Caller who, string name, int from, int to)
    {
        var request = new { streamName = name, scalingType = "UNIFORM_SCALING", targetShardCount = to };
        var response = new { streamName = name, currentShardCount = from, targetShardCount = to, streamARN = $"arn:aws:kinesis:{log.Account.Region}:{log.Account.Id}:stream/{name}" };
        log.Record(at, who, new ApiCall("kinesis", "UpdateShardCount", request, response));
    }
}
