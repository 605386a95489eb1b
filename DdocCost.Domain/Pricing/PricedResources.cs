using System.Collections.Frozen;
using DdocCost.Domain.Normalise;
using DdocCost.Domain.Pricing.Resources;

namespace DdocCost.Domain.Pricing;

/// <summary>The resource types that have a price: one line each.</summary>
public static class PricedResources
{
    /// <summary>Beyond this a record is nonsense rather than dear, USD per hour.</summary>
    private const decimal Implausible = 1_000_000_000;

    private static readonly FrozenDictionary<string, Func<Bill, Bill>> running = new Dictionary<string, Func<Bill, Bill>>
    {
        ["ec2:instance"] = Ec2Instance.Price,
        ["ec2:host"] = Ec2Host.Price,
        ["ec2:capacity-reservation"] = Ec2Reservation.Price,
        ["ec2:fleet"] = OwnerOnly.OfInstances,
        ["ec2:spot-fleet"] = OwnerOnly.OfInstances,
        ["ec2:spot-request"] = OwnerOnly.OfInstances,
        ["ec2:volume"] = EbsVolume.Price,
        ["ec2:snapshot"] = EbsSnapshot.Price,
        ["ec2:image"] = OwnerOnly.OfSnapshots,
        ["ec2:fast-snapshot-restore"] = Flat.Of("ebs", "fast-snapshot-restore (per snapshot per AZ)", "snapshot-zone-hour"),
        ["vpc:nat-gateway"] = Flat.Of("vpc", "nat-gateway", "gateway-hour", "traffic"),
        ["vpc:public-ipv4"] = Flat.Of("vpc", "public-ipv4 in-use", "address-hour"),
        ["vpc:interface-endpoint"] = VpcEndpoint.Price,
        ["vpc:transit-gateway-attachment"] = Flat.Of("vpc", "transit-gateway-attachment vpc", "attachment-hour", "traffic"),
        ["vpc:vpn-connection"] = Flat.Of("vpc", "vpn-connection", "connection-hour", "traffic"),
        ["vpc:client-vpn-association"] = Flat.Of("vpc", "client-vpn-endpoint-association", "association-hour", "connected clients"),
        ["vpc:traffic-mirror-session"] = Flat.Of("vpc", "traffic-mirror-session", "session-hour"),
        ["rds:db"] = RdsDatabase.Price,
        ["rds:cluster"] = OwnerOnly.OfDatabases,
        ["rds:snapshot"] = RdsSnapshot.Price,
        ["rds:proxy"] = RdsProxy.Price,
        ["elb:load-balancer"] = LoadBalancer.Price,
        ["elasticache:node"] = ElastiCacheNode.Price,
        ["redshift:cluster"] = RedshiftCluster.Price,
        ["redshift:serverless-workgroup"] = RedshiftWorkgroup.Price,
        ["sagemaker:endpoint"] = SageMakerInstance.Price,
        ["sagemaker:training-job"] = SageMakerInstance.Price,
        ["sagemaker:processing-job"] = SageMakerInstance.Price,
        ["sagemaker:transform-job"] = SageMakerInstance.Price,
        ["sagemaker:notebook"] = SageMakerInstance.Price,
        ["sagemaker:app"] = SageMakerInstance.Price,
        ["sagemaker:cluster"] = SageMakerInstance.Price,
        ["eks:cluster"] = Flat.Of("eks", "cluster", "cluster-hour", "nodes"),
        ["eks:nodegroup"] = OwnerOnly.OfInstances,
        ["autoscaling:group"] = OwnerOnly.OfInstances,
        ["ecs:service"] = FargateTask.Price,
        ["ecs:task"] = FargateTask.Price,
        ["opensearch:domain"] = OpenSearchDomain.Price,
        ["lambda:provisioned-concurrency"] = LambdaConcurrency.Price,
        ["dynamodb:table"] = DynamoDbTable.Price,
        ["acm-pca:authority"] = PrivateCa.Price,
        ["bedrock:provisioned-throughput"] = BedrockThroughput.Price,
        ["cloudhsm:hsm"] = Flat.Of("cloudhsm", "hsm", "hsm-hour"),
        ["dms:replication-instance"] = DmsInstance.Price,
        ["ds:directory"] = ManagedDirectory.Price,
        ["efs:file-system"] = EfsFileSystem.Price,
        ["emr:cluster"] = EmrCluster.Price,
        ["fsx:file-system"] = FsxFileSystem.Price,
        ["globalaccelerator:accelerator"] = Flat.Of("global-accelerator", "accelerator", "accelerator-hour", "traffic"),
        ["glue:dev-endpoint"] = GlueCapacity.DevEndpoint,
        ["glue:job-run"] = GlueCapacity.JobRun,
        ["glue:session"] = GlueCapacity.Session,
        ["kendra:index"] = KendraIndex.Price,
        ["kinesis:stream"] = KinesisStream.Price,
        ["kms:key"] = Flat.Of("kms", "customer key", "key-month", "requests"),
        ["memorydb:node"] = MemoryDbNode.Price,
        ["mq:broker"] = MqBroker.Price,
        ["msk:cluster"] = MskCluster.Price,
        ["mwaa:environment"] = MwaaEnvironment.Price,
        ["network-firewall:endpoint"] = Flat.Of("network-firewall", "endpoint", "endpoint-hour", "traffic"),
        ["route53:resolver-endpoint"] = Flat.Of("route53", "resolver endpoint eni", "interface-hour", "queries"),
        ["secretsmanager:secret"] = Flat.Of("secrets-manager", "secret", "secret-month", "requests"),
        ["transfer:server"] = Flat.Of("transfer-family", "sftp/ftps/ftp/as2 protocol endpoint", "protocol-hour", "data"),
        ["workspaces:workspace"] = WorkSpace.Price,
    }.ToFrozenDictionary();

    /// <summary>What can be paused (stopped and started again), and what it costs meanwhile.</summary>
    private static readonly FrozenDictionary<string, Func<Bill, Bill>> paused = new Dictionary<string, Func<Bill, Bill>>
    {
        ["ec2:instance"] = Ec2Instance.Storage,
        ["rds:db"] = RdsDatabase.Storage,
        ["redshift:cluster"] = bill => bill,
        ["sagemaker:notebook"] = bill => bill,
    }.ToFrozenDictionary();

    /// <summary>What AWS lets be changed only while it is stopped.</summary>
    private static readonly FrozenSet<string> changedWhilePaused = ["ec2:instance", "sagemaker:notebook"];

    /// <summary>All resource types that have a price.</summary>
    public static IReadOnlyCollection<string> Types => running.Keys;

    /// <summary>What a group of like resources costs while it runs.</summary>
    /// <param name="change">The resources: type, size, quantity, traits. Its action is of no matter.</param>
    /// <param name="region">AWS region.</param>
    /// <param name="book">Prices.</param>
    /// <returns>The rate of all units together; <see cref="Cost.UsdPerHour"/> null with the reason where there is no price.</returns>
    public static Cost Price(ResourceChange change, string region, PriceBook book) =>
        running.TryGetValue(change.ResourceType, out var price) ? Price(price, change, region, book) : Cost.Unpriced($"no price known for resource type {change.ResourceType}");

    /// <summary>Whether resources of this type can be stopped and started again.</summary>
    public static bool CanPause(string resourceType) => paused.ContainsKey(resourceType);

    /// <summary>Whether a change of such a resource tells that it is paused.</summary>
    public static bool ChangesOnlyPaused(string resourceType) => changedWhilePaused.Contains(resourceType);

    /// <summary>What a group of like resources costs while it is paused.</summary>
    public static Cost PriceWhilePaused(ResourceChange change, string region, PriceBook book) => Price(paused[change.ResourceType], change, region, book);

    private static Cost Price(Func<Bill, Bill> price, ResourceChange change, string region, PriceBook book)
    {
        try
        {
            var cost = price(new Bill(book, change, region)).ToCost();
            return cost.UsdPerHour > Implausible ? Cost.Unpriced("the record tells quantities beyond reason") : cost;
        }
        catch (OverflowException)
        {
            return Cost.Unpriced("the record tells quantities beyond reason");
        }
    }
}
