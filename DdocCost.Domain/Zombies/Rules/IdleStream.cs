namespace DdocCost.Domain.Zombies.Rules;

/// <summary>Kinesis stream that nothing is written to.</summary>
internal static class IdleStream
{
    public static readonly ZombieRule Rule = new()
    {
        Id = "KIN-01",
        Title = "Kinesis stream that nothing is written to",
        Class = ZombieClass.Idle,
        Kind = Kinds.Stream,
        Criterion = "It is active, and in the last {days} days no record was put and none was read.",
        Window = Threshold.Days(14, 7, 63),
        Metrics =
        [
            new("puts", "AWS/Kinesis", "IncomingRecords", Statistic.Sum, "StreamName={id}") { Unit = "records", IsSparse = true },
            new("reads", "AWS/Kinesis", "GetRecords.Records", Statistic.Sum, "StreamName={id}") { Unit = "records", IsSparse = true },
        ],
        Sureness = Sureness.High,
        SavingInWords = "shard hours at list price; on demand the hour of the stream",
        Traps = ["Producers that are paused for a season: the window can be raised."],
        Source = "OptScale (7 days); Finala (7 days)",
        Remedies =
        [
            new("Lower its number of shards", "kinesis update-shard-count --stream-name {id} --target-shard-count 1 --scaling-type UNIFORM_SCALING", "Throughput; it can be raised again.", IsReversible: true),
            new("Delete the stream", "kinesis delete-stream --stream-name {id}", "The stream with the records in it."),
        ],
        Terraform = "aws_kinesis_stream",
        Judge = stream => stream.State("active") & stream.Nothing("puts", "reads"),
    };
}
