using System.Collections.Frozen;
using DdocCost.Domain.Zombies;
using DdocCost.Jobs.Aws;
using static DdocCost.Jobs.Aws.AwsServices;

namespace DdocCost.Jobs.Zombies;

/// <summary>The operations that collectors call: how each is asked and how its answers are divided into pages. All only read.</summary>
internal static class HuntOperations
{
    private static readonly AwsPaging next = new("nextToken", "nextToken"), marker = AwsPaging.Marker, toMarker = new("Marker", "NextMarker");

    private static readonly FrozenDictionary<string, HuntOperation> all = new[]
    {
        Of(Ec2, "ec2", AwsPaging.Ec2, "DescribeRegions", "DescribeInstances", "DescribeVolumes", "DescribeSnapshots", "DescribeImages", "DescribeCapacityReservations", "DescribeHosts", "DescribeSpotFleetRequests",
            "DescribeLaunchTemplateVersions", "DescribeFastSnapshotRestores", "DescribeAddresses", "DescribeNetworkInterfaces", "DescribeRouteTables", "DescribeNatGateways", "DescribeVpcEndpoints",
            "DescribeVpnConnections", "DescribeTransitGatewayAttachments", "DescribeClientVpnEndpoints", "DescribeClientVpnTargetNetworks"),
        Of(AutoScaling, "autoscaling", AwsPaging.NextToken, "DescribeAutoScalingGroups", "DescribeLaunchConfigurations"),
        Of(ClassicLoadBalancing, "elb", toMarker, "DescribeLoadBalancers", "DescribeInstanceHealth", "DescribeTags"),
        Of(LoadBalancing, "elbv2", toMarker, "DescribeLoadBalancers", "DescribeListeners", "DescribeRules", "DescribeTargetGroups", "DescribeTargetHealth", "DescribeTags"),
        Of(CloudWatch, "cloudwatch", AwsPaging.NextToken, "GetMetricData", "DescribeAlarms", "ListDashboards"),
        Of(CloudTrail, "cloudtrail", AwsPaging.NextToken, "LookupEvents"),
        Of(CostExplorer, "ce", new("NextPageToken", "NextPageToken"), "GetCostAndUsage", "GetCostAndUsageWithResources"),
        Of(HuntServices.NetworkFirewall, "network-firewall", AwsPaging.NextToken, "ListFirewalls", "DescribeFirewall"),
        Of(HuntServices.GlobalAccelerator, "globalaccelerator", AwsPaging.NextToken, "ListAccelerators"),
        Of(HuntServices.DirectConnect, "directconnect", next, "DescribeConnections", "DescribeVirtualInterfaces"),
        Of(HuntServices.Route53Resolver, "route53resolver", AwsPaging.NextToken, "ListResolverEndpoints"),
        Of(HuntServices.Waf, "wafv2", new("NextMarker", "NextMarker"), "ListWebACLs", "ListResourcesForWebACL"),
        Rest(Route53, "route53:ListHealthChecks", "/2013-04-01/healthcheck", new("marker", "NextMarker")),
        Rest(Route53, "route53:ListHostedZones", "/2013-04-01/hostedzone", new("marker", "NextMarker")),
        Rest(Route53, "route53:ListResourceRecordSets", "/2013-04-01/hostedzone/{Id}/rrset", null),
        Of(Rds, "rds", marker, "DescribeDBInstances", "DescribeDBClusters", "DescribeDBSnapshots", "DescribeDBClusterSnapshots", "DescribeDBInstanceAutomatedBackups", "DescribeEvents", "DescribeDBProxies"),
        Of(DynamoDb, "dynamodb", new("ExclusiveStartTableName", "LastEvaluatedTableName"), "ListTables", "DescribeTable"),
        Of(DynamoDb, "dynamodb", new("ExclusiveStartBackupArn", "LastEvaluatedBackupArn"), "ListBackups"),
        Of(HuntServices.Dax, "dax", AwsPaging.NextToken, "DescribeClusters"),
        Of(ElastiCache, "elasticache", marker, "DescribeCacheClusters", "DescribeSnapshots"),
        Of(ElastiCache, "elasticache", AwsPaging.NextToken, "DescribeServerlessCaches"),
        Of(HuntServices.MemoryDb, "memorydb", AwsPaging.NextToken, "DescribeClusters"),
        Of(Redshift, "redshift", marker, "DescribeClusters", "DescribeClusterSnapshots"),
        Of(HuntServices.RedshiftServerless, "redshift-serverless", next, "ListWorkgroups"),
        Rest(OpenSearch, "opensearch:ListDomainNames", "/2021-01-01/domain", null),
        Rest(OpenSearch, "opensearch:DescribeDomains", "/2021-01-01/opensearch/domain-info", null, HttpMethod.Post),
        Of(HuntServices.SearchServerless, "opensearchserverless", next, "ListCollections", "BatchGetCollection"),
        Rest(S3, "s3:ListBuckets", "/", new("continuation-token", "ContinuationToken")),
        Rest(S3, "s3:GetBucketLocation", "?location", null),
        Rest(S3, "s3:ListMultipartUploads", "?uploads", null),
        Rest(Efs, "efs:DescribeFileSystems", "/2015-02-01/file-systems", toMarker),
        Of(Fsx, "fsx", AwsPaging.NextToken, "DescribeFileSystems", "DescribeBackups"),
        Rest(HuntServices.Backup, "backup:ListBackupVaults", "/backup-vaults/", new("nextToken", "NextToken")),
        Rest(HuntServices.Backup, "backup:ListRecoveryPointsByBackupVault", "/backup-vaults/{vault}/recovery-points/", new("nextToken", "NextToken")),
        Rest(HuntServices.Backup, "backup:ListProtectedResources", "/resources/", new("nextToken", "NextToken")),
        Of(Ecr, "ecr", next, "DescribeRepositories", "DescribeImages"),
        Of(HuntServices.StorageGateway, "storagegateway", marker, "ListGateways"),
        Rest(HuntServices.CodeArtifact, "codeartifact:ListDomains", "/v1/domains", next, HttpMethod.Post),
        Rest(HuntServices.CodeArtifact, "codeartifact:DescribeDomain", "/v1/domain", null),
        Of(Logs, "logs", next, "DescribeLogGroups"),
        Rest(HuntServices.Synthetics, "synthetics:DescribeCanaries", "/canaries", AwsPaging.NextToken, HttpMethod.Post),
        Of(Ecs, "ecs", next, "ListClusters", "ListServices", "DescribeServices", "DescribeTaskDefinition", "DescribeClusters", "ListContainerInstances", "DescribeContainerInstances"),
        Rest(Eks, "eks:ListClusters", "/clusters", next),
        Rest(Eks, "eks:DescribeCluster", "/clusters/{name}", null),
        Rest(Eks, "eks:ListNodegroups", "/clusters/{name}/node-groups", next),
        Rest(Eks, "eks:DescribeNodegroup", "/clusters/{name}/node-groups/{nodegroup}", null),
        Rest(Eks, "eks:ListFargateProfiles", "/clusters/{name}/fargate-profiles", next),
        Rest(Lambda, "lambda:ListFunctions", "/2015-03-31/functions", toMarker),
        Rest(Lambda, "lambda:ListEventSourceMappings", "/2015-03-31/event-source-mappings", toMarker),
        Rest(Lambda, "lambda:ListVersionsByFunction", "/2015-03-31/functions/{function}/versions", toMarker),
        Rest(Lambda, "lambda:ListAliases", "/2015-03-31/functions/{function}/aliases", toMarker),
        Rest(Lambda, "lambda:ListProvisionedConcurrencyConfigs", "/2019-09-30/functions/{function}/provisioned-concurrency?List=ALL", toMarker),
        Of(HuntServices.AppRunner, "apprunner", AwsPaging.NextToken, "ListServices", "DescribeService"),
        Rest(HuntServices.ApiGateway, "apigateway:GetRestApis", "/restapis", new("position", "position")),
        Rest(HuntServices.ApiGateway, "apigateway:GetStages", "/restapis/{api}/stages", null),
        Of(Emr, "emr", marker, "ListClusters", "DescribeCluster", "ListInstanceGroups"),
        Rest(HuntServices.EmrServerless, "emr-serverless:ListApplications", "/applications", next),
        Rest(HuntServices.EmrServerless, "emr-serverless:GetApplication", "/applications/{id}", null),
        Of(Glue, "glue", AwsPaging.NextToken, "GetDevEndpoints", "ListSessions"),
        Rest(HuntServices.Airflow, "mwaa:ListEnvironments", "/environments", AwsPaging.NextToken),
        Rest(HuntServices.Airflow, "mwaa:GetEnvironment", "/environments/{name}", null),
        Of(Kinesis, "kinesis", AwsPaging.NextToken, "ListStreams", "DescribeStreamSummary", "ListStreamConsumers"),
        Of(HuntServices.Flink, "kinesisanalyticsv2", AwsPaging.NextToken, "ListApplications", "DescribeApplication"),
        Rest(Msk, "kafka:ListClustersV2", "/api/v2/clusters", next),
        Rest(HuntServices.Mq, "mq:ListBrokers", "/v1/brokers", next),
        Of(HuntServices.Transfer, "transfer", AwsPaging.NextToken, "ListServers", "DescribeServer"),
        Of(HuntServices.Dms, "dms", marker, "DescribeReplicationInstances", "DescribeReplicationTasks"),
        Of(SecretsManager, "secretsmanager", AwsPaging.NextToken, "ListSecrets"),
        Of(Kms, "kms", toMarker, "ListKeys", "DescribeKey", "GetKeyLastUsage"),
        Of(HuntServices.Directory, "ds", AwsPaging.NextToken, "DescribeDirectories"),
        Of(HuntServices.CloudHsm, "cloudhsmv2", AwsPaging.NextToken, "DescribeClusters"),
        Of(HuntServices.PrivateCa, "acm-pca", AwsPaging.NextToken, "ListCertificateAuthorities"),
        Of(HuntServices.WorkSpaces, "workspaces", AwsPaging.NextToken, "DescribeWorkspaces", "DescribeWorkspacesConnectionStatus", "DescribeWorkspaceDirectories"),
        Of(HuntServices.AppStream, "appstream", AwsPaging.NextToken, "DescribeFleets", "DescribeImageBuilders"),
        Of(SageMaker, "sagemaker", AwsPaging.NextToken, "ListEndpoints", "DescribeEndpoint", "DescribeEndpointConfig", "ListNotebookInstances", "ListApps", "DescribeApp", "ListDomains", "DescribeDomain",
            "ListTrainingJobs", "DescribeTrainingJob", "ListProcessingJobs", "DescribeProcessingJob"),
        Rest(HuntServices.Bedrock, "bedrock:ListProvisionedModelThroughputs", "/provisioned-model-throughputs", next),
        Of(HuntServices.Comprehend, "comprehend", AwsPaging.NextToken, "ListEndpoints"),
        Of(HuntServices.Rekognition, "rekognition", AwsPaging.NextToken, "DescribeProjects", "DescribeProjectVersions"),
        Of(HuntServices.Personalize, "personalize", next, "ListCampaigns", "DescribeCampaign"),
        Of(HuntServices.Kendra, "kendra", AwsPaging.NextToken, "ListIndices", "DescribeIndex"),
        Of(HuntServices.GameLift, "gamelift", AwsPaging.NextToken, "ListFleets", "DescribeFleetAttributes", "DescribeFleetCapacity"),
        Rest(HuntServices.MediaLive, "medialive:ListChannels", "/prod/channels", next),
        Of(HuntServices.Lightsail, "lightsail", new("pageToken", "nextPageToken"), "GetStaticIps", "GetDisks", "GetLoadBalancers"),
    }.SelectMany(some => some).ToFrozenDictionary(operation => operation.Call);

    /// <summary>All of them, by <c>service:Operation</c>.</summary>
    public static IReadOnlyDictionary<string, HuntOperation> All => all;

    /// <summary>One of them.</summary>
    /// <exception cref="KeyNotFoundException">There is none of that name.</exception>
    public static HuntOperation Find(string call) => all.TryGetValue(call, out var operation) ? operation : throw new KeyNotFoundException($"No operation {call} is known.");

    private static HuntOperation[] Of(AwsService service, string prefix, AwsPaging paging, params string[] names) =>
        [.. names.Select(name => Make(service, $"{prefix}:{name}", "", paging, HttpMethod.Post))];

    private static HuntOperation[] Rest(AwsService service, string call, string path, AwsPaging? paging, HttpMethod? method = null) =>
        [Make(service, call, path, paging, method ?? HttpMethod.Get)];

    private static HuntOperation Make(AwsService service, string call, string path, AwsPaging? paging, HttpMethod method)
    {
        var parsed = ApiCall.Parse(call);
        return new HuntOperation(call, service.Operation(parsed.Operation, parsed.IamAction) with { Paging = paging, Method = method, Patience = TimeSpan.FromSeconds(30) }, path);
    }
}

/// <summary>An operation with what asking it takes.</summary>
/// <param name="Call"><c>service:Operation</c>.</param>
/// <param name="Operation">As it is called.</param>
/// <param name="Path">For REST: path with <c>{name}</c> for what is put in; empty otherwise.</param>
internal sealed record HuntOperation(string Call, AwsOperation Operation, string Path);
