namespace DdocCost.Domain.Zombies.Rules;

/// <summary>Kinesis stream that nobody reads.</summary>
internal static class UnreadStream
{
    public static readonly ZombieRule Rule = new()
    {
        Id = "KIN-02",
        Title = "Kinesis stream that nobody reads",
        Class = ZombieClass.Idle,
        Kind = Kinds.Stream,
        AlsoReads = [Kinds.StreamConsumer, Kinds.FunctionTrigger],
        Criterion = "Records are put, and in the last {days} days nobody read one, neither by polling nor by subscription.",
        Window = Threshold.Days(14, 7, 63),
        Metrics =
        [
            new("puts", "AWS/Kinesis", "IncomingRecords", Statistic.Sum, "StreamName={id}") { Unit = "records", IsSparse = true },
            new("reads", "AWS/Kinesis", "GetRecords.Records", Statistic.Sum, "StreamName={id}") { Unit = "records", IsSparse = true },
        ],
        Sureness = Sureness.Medium,
        SavingInWords = "shard hours at list price; what is put comes on top",
        Traps =
        [
            "Firehose, Flink and functions poll: what they read counts.",
            "Kept only to replay after an accident: sureness is medium.",
        ],
        Source = "AWS Service Screener (7 days)",
        Remedies =
        [
            new("Delete the stream", "kinesis delete-stream --stream-name {id}", "The stream with the records in it; what writes to it fails."),
        ],
        Terraform = "aws_kinesis_stream",
        Judge = stream => stream.State("active") & stream.Total("puts") > 0 & stream.Nothing("reads")
            & !stream.IsLinkedFrom(Kinds.StreamConsumer, "streams") & !stream.IsLinkedFrom(Kinds.FunctionTrigger, "streams", stream.Resource.Arn ?? ""),
    };
}
