namespace DdocCost.Domain.Zombies.Rules;

/// <summary>MSK cluster without traffic.</summary>
internal static class IdleKafka
{
    public static readonly ZombieRule Rule = new()
    {
        Id = "MSK-01",
        Title = "MSK cluster without traffic",
        Class = ZombieClass.Idle,
        Kind = Kinds.KafkaCluster,
        Criterion = "It is active, and in the last {days} days its brokers took in no more than {bytes} bytes a second and gave out none.",
        Window = Threshold.Days(14, 7, 63),
        Limits = [new("bytes", 0, 0, 100000, "bytes a second")],
        Metrics =
        [
            new("in", "AWS/Kafka", "BytesInPerSec", Statistic.Maximum, "Cluster Name={name},Broker ID={brokers*}") { Unit = "bytes a second" },
            new("out", "AWS/Kafka", "BytesOutPerSec", Statistic.Maximum, "Cluster Name={name},Broker ID={brokers*}") { Unit = "bytes a second" },
        ],
        Sureness = Sureness.High,
        IsDerived = true,
        SavingInWords = "broker hours and storage at list price",
        Traps =
        [
            "Internal topics can make a little traffic: the threshold can be raised.",
            "The copy that MirrorMaker writes to is not quiet.",
            "Serverless clusters have other metrics: left out.",
        ],
        Source = "derived: brokers are billed by the hour",
        Remedies =
        [
            new("Delete the cluster", "kafka delete-cluster --cluster-arn {arn}", "The cluster with all topics, for good."),
        ],
        Terraform = "aws_msk_cluster",
        Judge = cluster => cluster.State("active") & cluster.Is("type", "PROVISIONED") & cluster.Peak("in") <= cluster.Limit("bytes") & cluster.Peak("out") <= cluster.Limit("bytes"),
    };
}
