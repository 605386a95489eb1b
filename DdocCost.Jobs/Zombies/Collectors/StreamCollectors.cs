using DdocCost.Domain.Normalise;
using DdocCost.Domain.Zombies;

namespace DdocCost.Jobs.Zombies.Collectors;

/// <summary>Streams, brokers, and what moves data.</summary>
internal static class StreamCollectors
{
    public static readonly IReadOnlyList<Collector> All =
    [
        new(Kinds.Stream, Streams),
        new(Kinds.StreamConsumer, Consumers),
        new(Kinds.FlinkApplication, FlinkApplications),
        Collector.Of(Kinds.KafkaCluster, "kafka:ListClustersV2", "clusterInfoList", Kafka),
        Collector.Of(Kinds.Broker, "mq:ListBrokers", "brokerSummaries", (aws, x) => aws.Make(x.Text("brokerId")) is not { } made ? null
            : (made with { Name = x.Text("brokerName"), Arn = x.Text("brokerArn"), State = x.Text("brokerState"), Created = x.Time("created"), Size = x.Text("hostInstanceType"), Quantity = x.Text("deploymentMode") switch { "ACTIVE_STANDBY_MULTI_AZ" => 2, "CLUSTER_MULTI_AZ" => 3, _ => 1 }, Traits = new ResourceTraits { Engine = x.Text("engineType")?.ToLowerInvariant() } })
                .With("brokerId", made.Id).With("engine", x.Text("engineType"))
                // ActiveMQ counts by broker and number: name-1, and name-2 for a standby.
                .With("dimension", $"{x.Text("brokerName")}-1")),
        new(Kinds.TransferServer, TransferServers),
        Collector.Of(Kinds.ReplicationInstance, "dms:DescribeReplicationInstances", "ReplicationInstances", (aws, x) => aws.Make(x.Text("ReplicationInstanceIdentifier")) is not { } made ? null
            : made with { Arn = x.Text("ReplicationInstanceArn"), State = x.Text("ReplicationInstanceStatus"), Created = x.Time("InstanceCreateTime"), Size = x.Text("ReplicationInstanceClass"), Traits = new ResourceTraits { MultiAz = x.Flag("MultiAZ") == true, StorageGib = x.Number("AllocatedStorage") } }),
        // Settings of a task may hold passwords: they are asked to be left out, and dropped if they come.
        Collector.Of(Kinds.ReplicationTask, "dms:DescribeReplicationTasks", "ReplicationTasks", (aws, x) => (aws.Make(x.Text("ReplicationTaskIdentifier")) is not { } made ? null
            : made with { State = x.Text("Status") })?.Linking("instances", x.Text("ReplicationInstanceArn")), ("WithoutSettings", true)),
    ];

    private static async IAsyncEnumerable<Resource?> Streams(RegionReader aws)
    {
        await foreach (var listed in aws.Items("kinesis:ListStreams", "StreamNames"))
        {
            if (listed.Value is not { } name)
                continue;
            var x = await aws.PartAsync("kinesis:DescribeStreamSummary", "StreamDescriptionSummary", ("StreamName", name));
            var onDemand = x["StreamModeDetails"].Text("StreamMode") == "ON_DEMAND";
            yield return (aws.Make(name)! with { Arn = x.Text("StreamARN"), State = x.Text("StreamStatus"), Created = x.Time("StreamCreationTimestamp"), Size = onDemand ? "on-demand" : "provisioned", Quantity = onDemand ? 1 : x.Number("OpenShardCount") ?? 1 })
                .With("shards", x.Number("OpenShardCount")).With("retentionHours", x.Number("RetentionPeriodHours"));
        }
    }

    private static async IAsyncEnumerable<Resource?> Consumers(RegionReader aws)
    {
        await foreach (var listed in aws.Items("kinesis:ListStreams", "StreamNames"))
        {
            if (listed.Value is not { } name)
                continue;
            var stream = await aws.PartAsync("kinesis:DescribeStreamSummary", "StreamDescriptionSummary", ("StreamName", name));
            if (stream.Number("ConsumerCount") is not > 0 || stream.Text("StreamARN") is not { } arn)
                continue;
            await foreach (var x in aws.Items("kinesis:ListStreamConsumers", "Consumers", ("StreamARN", arn)))
            {
                if (aws.Make(x.Text("ConsumerARN")) is { } made)
                {
                    yield return (made with { Name = x.Text("ConsumerName"), Arn = made.Id, State = x.Text("ConsumerStatus"), Created = x.Time("ConsumerCreationTimestamp") })
                        .With("stream", name).With("shards", stream.Number("OpenShardCount")).Linking("streams", name);
                }
            }
        }
    }

    private static async IAsyncEnumerable<Resource?> FlinkApplications(RegionReader aws)
    {
        await foreach (var listed in aws.Items("kinesisanalyticsv2:ListApplications", "ApplicationSummaries"))
        {
            if (listed.Text("ApplicationName") is not { } name)
                continue;
            var x = await aws.PartAsync("kinesisanalyticsv2:DescribeApplication", "ApplicationDetail", ("ApplicationName", name));
            var parallel = x["ApplicationConfigurationDescription"]["FlinkApplicationConfigurationDescription"]["ParallelismConfigurationDescription"];
            var units = Math.Ceiling((parallel.Number("CurrentParallelism") ?? parallel.Number("Parallelism") ?? 1) / Math.Max(1, parallel.Number("ParallelismPerKPU") ?? 1));
            yield return aws.Make(name)! with { Arn = x.Text("ApplicationARN"), State = x.Text("ApplicationStatus"), Created = x.Time("CreateTimestamp"), Quantity = units + 1 }; // one more for the service
        }
    }

    private static Resource? Kafka(RegionReader aws, Wire x)
    {
        var provisioned = x["provisioned"];
        var brokers = provisioned.Number("numberOfBrokerNodes") ?? 0;
        return aws.Make(x.Text("clusterArn"), x.Tags("tags")) is not { } made ? null : (made with
        {
            Name = x.Text("clusterName"),
            Arn = made.Id,
            State = x.Text("state"),
            Created = x.Time("creationTime"),
            Size = x.Text("clusterType") == "SERVERLESS" ? "serverless" : provisioned["brokerNodeGroupInfo"].Text("instanceType"),
            Quantity = Math.Max(1, brokers),
            Traits = new ResourceTraits { StorageGib = provisioned["brokerNodeGroupInfo"]["storageInfo"]["ebsStorageInfo"].Number("volumeSize") },
        })
            .With("type", x.Text("clusterType"))
            .Linking("brokers", Enumerable.Range(1, (int)Math.Clamp(brokers, 0, 200)).Select(number => FormattableString.Invariant($"{number}")));
    }

    private static async IAsyncEnumerable<Resource?> TransferServers(RegionReader aws)
    {
        await foreach (var listed in aws.Items("transfer:ListServers", "Servers"))
        {
            if (listed.Text("ServerId") is not { } id)
                continue;
            var x = await aws.PartAsync("transfer:DescribeServer", "Server", ("ServerId", id));
            yield return aws.Make(id, x.Tags("Tags"))! with { Arn = x.Text("Arn"), State = x.Text("State") ?? listed.Text("State"), Quantity = Math.Max(1, x.Items("Protocols").Count()) };
        }
    }
}
