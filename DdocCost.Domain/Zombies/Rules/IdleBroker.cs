namespace DdocCost.Domain.Zombies.Rules;

/// <summary>Amazon MQ broker without producers and consumers.</summary>
internal static class IdleBroker
{
    public static readonly ZombieRule Rule = new()
    {
        Id = "AMQ-01",
        Title = "Amazon MQ broker without producers and consumers",
        Class = ZombieClass.Idle,
        Kind = Kinds.Broker,
        Criterion = "It runs ActiveMQ, and at no time in the last {days} days was there a producer or a consumer.",
        Window = Threshold.Days(14, 7, 63),
        Metrics =
        [
            new("producers", "AWS/AmazonMQ", "TotalProducerCount", Statistic.Maximum, "Broker={dimension}") { Unit = "producers" },
            new("consumers", "AWS/AmazonMQ", "TotalConsumerCount", Statistic.Maximum, "Broker={dimension}") { Unit = "consumers" },
        ],
        Sureness = Sureness.Medium,
        IsDerived = true,
        SavingInWords = "broker hours at list price",
        Traps =
        [
            "RabbitMQ counts under other names: left out.",
            "In a network of brokers others are consumers: it is not quiet then.",
        ],
        Source = "derived: brokers are billed by the hour",
        Remedies =
        [
            new("Delete the broker", "mq delete-broker --broker-id {brokerId}", "The broker with the messages in it."),
        ],
        Terraform = "aws_mq_broker",
        Judge = broker => broker.State("running") & broker.Is("engine", "activemq") & broker.Nothing("producers", "consumers"),
    };
}
