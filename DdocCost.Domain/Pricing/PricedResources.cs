using System.Collections.Frozen;
using DdocCost.Domain.Normalise;
using DdocCost.Domain.Pricing.Resources;

namespace DdocCost.Domain.Pricing;

/// <summary>The resource types that have a price: one line each.</summary>
public static class PricedResources
{
    /// <summary>Beyond this a record is nonsense rather than dear, USD per hour.</summary>
    private const decimal Implausible = 1_000_000_000;

    /// <summary>No call buys more of what is sold by number.</summary>
    private const decimal MostBought = 1_000_000;

    private static readonly FrozenDictionary<string, Func<Bill, Bill>> running = new Dictionary<string, Func<Bill, Bill>>
    {
        ["ec2:instance"] = Ec2Instance.Price,
        ["ec2:host"] = Ec2Host.Price,
        ["ec2:capacity-reservation"] = Ec2Reservation.Price,
        ["ec2:volume"] = EbsVolume.Price,
        ["ec2:snapshot"] = EbsSnapshot.Price,
        ["ec2:fast-snapshot-restore"] = Flat.Of("ebs", "fast-snapshot-restore (per snapshot per AZ)", "snapshot-zone-hour"),
        ["vpc:nat-gateway"] = Flat.Of("vpc", "nat-gateway", "gateway-hour", "traffic"),
        ["vpc:public-ipv4"] = Flat.Of("vpc", "public-ipv4 in-use", "address-hour"),
        ["vpc:interface-endpoint"] = VpcEndpoint.Price,
        ["vpc:transit-gateway-attachment"] = TransitAttachment.Price,
        ["vpc:vpn-connection"] = Flat.Of("vpc", "vpn-connection", "connection-hour", "traffic"),
        ["vpc:client-vpn-association"] = Flat.Of("vpc", "client-vpn-endpoint-association", "association-hour", "connected clients"),
        ["vpc:traffic-mirror-session"] = Flat.Of("vpc", "traffic-mirror-session", "session-hour"),
        ["rds:db"] = RdsDatabase.Price,
        ["rds:cluster"] = DatabaseCluster.Price,
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
        ["aoss:collection"] = OpenSearchUnits.Collection,
        ["apigateway:cache"] = ApiCache.Price,
        ["apprunner:service"] = AppRunnerService.Price,
        ["athena:capacity-reservation"] = Flat.Of("athena", "provisioned dpu", "dpu-hour"),
        ["athena:session"] = Flat.AtMost("athena", "spark dpu", "dpu-hour", "as many as the session may have"),
        ["bedrock:marketplace-endpoint"] = SageMakerInstance.Price,
        ["braket:job"] = SageMakerInstance.Price,
        ["cloudfront:distribution"] = WebDistribution.Price,
        ["cloudwatch:alarm"] = MetricAlarm.Price,
        ["cloudwatch:anomaly-detector"] = Flat.Each("cloudwatch", "custom metric (first 10k)", 3, "metric-month"),
        ["cloudwatch:dashboard"] = Flat.Of("cloudwatch", "dashboard", "dashboard-month"),
        ["codebuild:build"] = BuildMinute.Price,
        ["codepipeline:pipeline"] = DeliveryPipeline.Price,
        ["databrew:job-run"] = Flat.AtMost("glue", "databrew job node", "node-hour", "as many as the job may have"),
        ["dax:node"] = DaxNode.Price,
        ["directconnect:port"] = DirectConnectPort.Price,
        ["docdb-elastic:cluster"] = DocumentDbElasticCluster.Price,
        ["drs:source-server"] = Flat.Of("drs", "source server", "server-hour", "staging disks and snapshots"),
        ["ds:domain-controllers"] = Flat.AtLeast("directory-service", "microsoft-ad standard additional controller", "controller-hour", "priced as Standard Edition"),
        ["ds:share"] = Flat.Of("directory-service", "directory sharing account", "account-hour"),
        ["ec2:detailed-monitoring"] = Flat.Each("ec2", "detailed monitoring metric", 7, "metric-month"),
        ["ecs:task-set"] = FargateTask.Price,
        ["elasticache:serverless-cache"] = ServerlessCache.Price,
        ["elb:reserved-capacity"] = ReservedLoadBalancerCapacity.Price,
        ["emr:instance-group"] = EmrCluster.Price,
        ["emr-serverless:application"] = EmrServerlessApplication.Price,
        ["firehose:delivery-stream"] = FirehoseStream.Price,
        ["gamelift:fleet"] = AtLeastEc2.Of("gamelift"),
        ["kafkaconnect:connector"] = Flat.Of("msk", "connect mcu", "mcu-hour"),
        ["kendra:capacity-units"] = Flat.Of("kendra", "enterprise query-capacity unit", "unit-hour"),
        ["kinesis:stream-consumer"] = KinesisConsumer.Price,
        ["kinesisanalytics:application"] = Flat.Of("managed-flink", "kpu", "kpu-hour", "storage"),
        ["lightsail:container-service"] = LightsailBundle.Container,
        ["lightsail:database"] = LightsailBundle.Database,
        ["lightsail:instance"] = LightsailBundle.Instance,
        ["lightsail:load-balancer"] = Flat.Of("lightsail", "load-balancer", "load-balancer-hour"),
        ["m2:environment"] = AtLeastEc2.Of("m2", "M2."),
        ["managedblockchain:node"] = AtLeastEc2.Of("managedblockchain", "bc."),
        ["msk:replicator"] = Flat.Of("msk", "replicator", "replicator-hour", "data"),
        ["msk:vpc-connection"] = Flat.Of("msk", "multi-vpc private connectivity", "connection-hour", "data"),
        ["networkmonitor:monitor"] = Flat.Of("cloudwatch", "network-monitor resource", "resource-hour"),
        ["osis:pipeline"] = OpenSearchUnits.Pipeline,
        ["quicksight:user"] = QuickSightUser.Price,
        ["rekognition:model"] = Flat.Of("rekognition", "custom-labels inference unit", "unit-hour"),
        ["route53:health-check"] = HealthCheck.Price,
        ["route53:hosted-zone"] = Flat.Of("route53", "hosted zone (first 25)", "zone-month", "queries"),
        ["route53:profile"] = Flat.Of("route53", "profile", "profile-hour"),
        ["sagemaker:space"] = SpaceStorage.Price,
        ["shield:subscription"] = Flat.Of("shield", "advanced subscription", "subscription-month", "traffic"),
        ["ssm:advanced-parameter"] = Flat.Of("ssm", "advanced parameter", "parameter-month", "calls"),
        ["synthetics:canary"] = Canary.Price,
        ["timestream:influxdb"] = TimestreamInflux.Price,
        ["vpc:verified-access-endpoint"] = Flat.Of("vpc", "verified-access-app", "endpoint-hour", "traffic"),
        ["vpc-lattice:service"] = Flat.Of("vpc", "lattice-service", "service-hour", "traffic and requests"),
        ["waf:rule"] = Flat.Of("waf", "rule", "rule-month"),
        ["waf:web-acl"] = Flat.Of("waf", "web-acl", "list-month", "requests"),
        ["wafv2:rule-group"] = Flat.Of("waf", "rule", "rule-month", "further rules in it"),
        ["wafv2:web-acl"] = WebAcl.Price,
        ["appstream:app-block-builder"] = StreamingInstance.Price,
        ["appstream:fleet"] = StreamingInstance.Price,
        ["appstream:image-builder"] = StreamingInstance.Price,
        ["aps:scraper"] = Flat.Of("aps", "collector", "collector-hour", "metrics"),
        ["cassandra:table"] = KeyspacesTable.Price,
        ["cloudfront:anycast-ip-list"] = Flat.Of("cloudfront", "anycast ip list", "list-month"),
        ["comprehend:endpoint"] = Flat.Of("comprehend", "inference unit", "unit-second"),
        ["dms:serverless-replication"] = DmsInstance.Serverless,
        ["elb:trust-store"] = Flat.Of("elb", "trust store", "store-hour"),
        ["fms:policy"] = Flat.AtLeast("fms", "policy", "policy-month", "in one region"),
        ["fsx:file-cache"] = FileCache.Price,
        ["healthlake:datastore"] = Flat.Of("healthlake", "data store", "store-hour", "storage and queries"),
        ["iotsitewise:gateway"] = Flat.Of("iotsitewise", "gateway", "gateway-month", "data"),
        ["lightsail:bucket"] = LightsailBundle.Bucket,
        ["lightsail:disk"] = LightsailBundle.Disk,
        ["lightsail:distribution"] = LightsailBundle.Distribution,
        ["managedblockchain:member"] = BlockchainMember.Price,
        ["mediaconnect:flow"] = Flat.Of("mediaconnect", "flow", "flow-hour", "traffic"),
        ["medialive:channel"] = Flat.AtLeast("medialive", "idle channel", "channel-hour", "the rate of an idle channel; inputs and outputs come on top while it runs"),
        ["neptune-graph:graph"] = Flat.Of("neptune", "analytics m-ncu", "unit-hour"),
        ["networkmanager:attachment"] = Flat.Of("networkmanager", "attachment", "attachment-hour", "traffic"),
        ["networkmanager:core-network"] = Flat.AtLeast("networkmanager", "core network edge", "edge-hour", "one edge; its policy tells how many"),
        ["route53:traffic-policy-instance"] = Flat.Of("route53", "traffic policy record", "record-month"),
        ["transfer:web-app"] = Flat.Of("transfer-family", "web app unit", "unit-hour"),
        ["vpc:route-server-endpoint"] = Flat.Of("vpc", "route server endpoint", "endpoint-hour"),
        ["workmail:mailbox"] = Flat.Of("workmail", "mailbox", "mailbox-month"),
    }.Concat(OwnerOnly.Types).Concat(BilledByUse.Types).Concat(NotListed.Types).ToFrozenDictionary();

    /// <summary>What is paid once for each call, and its product in the price book.</summary>
    private static readonly FrozenDictionary<string, (string Service, string Product)> once = new Dictionary<string, (string, string)>
    {
        ["acm-pca:certificate"] = ("acm-pca", "certificate (first 1000)"),
        ["glacier:provisioned-capacity"] = ("glacier", "provisioned retrieval capacity"),
        ["s3:batch-job"] = ("s3", "batch-operations job"),
        ["vpc:reachability-analysis"] = ("vpc", "reachability-analysis"),
    }.ToFrozenDictionary();

    /// <summary>What can be paused (stopped and started again), and what it costs meanwhile.</summary>
    private static readonly FrozenDictionary<string, Func<Bill, Bill>> paused = new Dictionary<string, Func<Bill, Bill>>
    {
        ["ec2:instance"] = Ec2Instance.Storage,
        ["rds:db"] = RdsDatabase.Storage,
        ["rds:cluster"] = DatabaseCluster.Storage,
        ["redshift:cluster"] = bill => bill,
        ["apprunner:service"] = bill => bill,
        ["docdb-elastic:cluster"] = bill => bill.Remark("without storage"),
        ["osis:pipeline"] = bill => bill,
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

    /// <summary>What the price of a resource type rests on.</summary>
    public static PriceBasis BasisOf(string resourceType) =>
        OwnerOnly.Types.ContainsKey(resourceType) ? PriceBasis.Owner
        : BilledByUse.Types.ContainsKey(resourceType) ? PriceBasis.Use
        : NotListed.Types.ContainsKey(resourceType) ? PriceBasis.Unknown
        : running.ContainsKey(resourceType) ? PriceBasis.List
        : once.ContainsKey(resourceType) ? PriceBasis.Once
        : PriceBasis.None;

    /// <summary>Whether resources of this type can be stopped and started again.</summary>
    public static bool CanPause(string resourceType) => paused.ContainsKey(resourceType);

    /// <summary>All resource types that are paid once for each call.</summary>
    public static IReadOnlyCollection<string> SoldOnce => once.Keys;

    /// <summary>Whether a change of such a resource tells that it is paused.</summary>
    public static bool ChangesOnlyPaused(string resourceType) => changedWhilePaused.Contains(resourceType);

    /// <summary>What a group of like resources costs while it is paused.</summary>
    public static Cost PriceWhilePaused(ResourceChange change, string region, PriceBook book) => Price(paused[change.ResourceType], change, region, book);

    /// <summary>What a purchase costs at once at list prices, where the record does not tell; null where the book does not either.</summary>
    public static Cost? PriceOnce(ResourceChange change, string region, PriceBook book) =>
        once.TryGetValue(change.ResourceType, out var sold) && book.Find(sold.Service, sold.Product, region) is { } price
            ? new Cost { UsdPerHour = 0, OneTimeUsd = Math.Round(price.Usd * Math.Min(change.Quantity, MostBought), Bill.Places), Confidence = price.Confidence, Note = price.Note }
            : null;

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

/// <summary>What a resource type's price rests on.</summary>
public enum PriceBasis
{
    /// <summary>Costs nothing itself: it describes, or what was paid stands in the record.</summary>
    None = 0,

    /// <summary>A list price by the hour or month.</summary>
    List,

    /// <summary>A list price for each call.</summary>
    Once,

    /// <summary>Billed as the resources it owns, which are counted themselves.</summary>
    Owner,

    /// <summary>Billed by use, which CloudTrail does not tell.</summary>
    Use,

    /// <summary>Has a price that no source of the price book lists.</summary>
    Unknown,
}
