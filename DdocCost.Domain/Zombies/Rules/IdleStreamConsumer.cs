namespace DdocCost.Domain.Zombies.Rules;

/// <summary>Kinesis consumer that does not subscribe.</summary>
internal static class IdleStreamConsumer
{
    public static readonly ZombieRule Rule = new()
    {
        Id = "KIN-03",
        Title = "Kinesis consumer that does not subscribe",
        Class = ZombieClass.Idle,
        Kind = Kinds.StreamConsumer,
        Criterion = "It is registered for enhanced fan-out, and no record was sent to it in the last {days} days.",
        Window = Threshold.Days(14, 7, 63),
        Metrics =
        [
            new("records", "AWS/Kinesis", "SubscribeToShardEvent.Records", Statistic.Sum, "StreamName={stream},ConsumerName={name}") { Unit = "records", IsSparse = true },
        ],
        Sureness = Sureness.High,
        IsDerived = true,
        SavingInWords = "consumer hours for each shard at list price",
        Saves = consumer => consumer.Price("kinesis", "enhanced fan-out consumer-shard", consumer.Resource.Number("shards") ?? 1),
        Traps = ["It is billed for each shard while it is registered."],
        Source = "derived: registered consumers are billed by the shard hour",
        Remedies =
        [
            new("Deregister the consumer", "kinesis deregister-stream-consumer --consumer-arn {arn}", "Its registration.", IsReversible: true),
        ],
        Terraform = "aws_kinesis_stream_consumer",
        Judge = consumer => consumer.State("active") & consumer.Nothing("records"),
    };
}
