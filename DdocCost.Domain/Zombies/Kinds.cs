using static DdocCost.Domain.Zombies.FactKind;

namespace DdocCost.Domain.Zombies;

/// <summary>The kinds of fact that rules are written on, with the API calls that collect them: one line each.</summary>
public static class Kinds
{
    private const string Home = "us-east-1";

    // EC2, EBS, Auto Scaling
    public static readonly FactKind Instance = Of("ec2:instance", "EC2", "ec2:DescribeInstances");
    public static readonly FactKind CapacityReservation = Of("ec2:capacity-reservation", "EC2", "ec2:DescribeCapacityReservations");
    public static readonly FactKind Host = Of("ec2:host", "EC2", "ec2:DescribeHosts");
    public static readonly FactKind SpotFleet = Of("ec2:spot-fleet", "EC2", "ec2:DescribeSpotFleetRequests");
    public static readonly FactKind LaunchTemplate = Of("ec2:launch-template-version", "EC2", "ec2:DescribeLaunchTemplateVersions");
    public static readonly FactKind AutoScalingGroup = Of("autoscaling:group", "Auto Scaling", "autoscaling:DescribeAutoScalingGroups");
    public static readonly FactKind LaunchConfiguration = Of("autoscaling:launch-configuration", "Auto Scaling", "autoscaling:DescribeLaunchConfigurations");
    public static readonly FactKind Volume = Of("ec2:volume", "EBS", "ec2:DescribeVolumes");
    public static readonly FactKind Snapshot = Of("ec2:snapshot", "EBS", "ec2:DescribeSnapshots");
    public static readonly FactKind FastRestore = Of("ec2:fast-snapshot-restore", "EBS", "ec2:DescribeFastSnapshotRestores");
    public static readonly FactKind Image = Of("ec2:image", "AMI", "ec2:DescribeImages");

    // Network
    public static readonly FactKind Address = Of("vpc:public-ipv4", "VPC", "ec2:DescribeAddresses");
    public static readonly FactKind NetworkInterface = Of("ec2:network-interface", "VPC", "ec2:DescribeNetworkInterfaces");
    public static readonly FactKind RouteTable = Of("ec2:route-table", "VPC", "ec2:DescribeRouteTables");
    public static readonly FactKind NatGateway = Of("vpc:nat-gateway", "VPC", "ec2:DescribeNatGateways");
    public static readonly FactKind Endpoint = Of("vpc:interface-endpoint", "VPC", "ec2:DescribeVpcEndpoints");
    public static readonly FactKind VpnConnection = Of("vpc:vpn-connection", "VPN", "ec2:DescribeVpnConnections");
    public static readonly FactKind TransitAttachment = Of("vpc:transit-gateway-attachment", "Transit Gateway", "ec2:DescribeTransitGatewayAttachments");
    public static readonly FactKind ClientVpn = Of("vpc:client-vpn-endpoint", "VPN", "ec2:DescribeClientVpnEndpoints", "ec2:DescribeClientVpnTargetNetworks");
    public static readonly FactKind ClassicBalancer = Of("elb:classic-load-balancer", "ELB", "elb:DescribeLoadBalancers", "elb:DescribeInstanceHealth", "elb:DescribeTags") with { PricedAs = "elb:load-balancer" };
    public static readonly FactKind Balancer = Of("elb:load-balancer", "ELB", "elbv2:DescribeLoadBalancers", "elbv2:DescribeTags");
    public static readonly FactKind Listener = Of("elb:listener", "ELB", "elbv2:DescribeLoadBalancers", "elbv2:DescribeListeners", "elbv2:DescribeRules");
    public static readonly FactKind TargetGroup = Of("elb:target-group", "ELB", "elbv2:DescribeTargetGroups", "elbv2:DescribeTargetHealth");
    public static readonly FactKind Firewall = Of("network-firewall:firewall", "Network Firewall", "network-firewall:ListFirewalls", "network-firewall:DescribeFirewall") with { PricedAs = "network-firewall:endpoint" };
    public static readonly FactKind Accelerator = Of("globalaccelerator:accelerator", "Global Accelerator", "globalaccelerator:ListAccelerators") with { OnlyIn = "us-west-2" };
    public static readonly FactKind DirectConnect = Of("directconnect:port", "Direct Connect", "directconnect:DescribeConnections", "directconnect:DescribeVirtualInterfaces");
    public static readonly FactKind HealthCheck = Of("route53:health-check", "Route 53", "route53:ListHealthChecks") with { OnlyIn = Home };
    public static readonly FactKind HostedZone = Of("route53:hosted-zone", "Route 53", "route53:ListHostedZones") with { OnlyIn = Home };
    public static readonly FactKind RecordSet = Of("route53:record-set", "Route 53", "route53:ListHostedZones", "route53:ListResourceRecordSets") with { OnlyIn = Home };
    public static readonly FactKind ResolverEndpoint = Of("route53:resolver-endpoint", "Route 53", "route53resolver:ListResolverEndpoints");
    public static readonly FactKind WebAcl = Of("wafv2:web-acl", "WAF", "wafv2:ListWebACLs", "wafv2:ListResourcesForWebACL");

    // Databases and caches
    public static readonly FactKind Database = Of("rds:db", "RDS", "rds:DescribeDBInstances");
    public static readonly FactKind DatabaseCluster = Of("rds:cluster", "RDS", "rds:DescribeDBClusters");
    public static readonly FactKind DatabaseSnapshot = Of("rds:snapshot", "RDS", "rds:DescribeDBSnapshots", "rds:DescribeDBClusterSnapshots");
    public static readonly FactKind RetainedBackup = Of("rds:automated-backup", "RDS", "rds:DescribeDBInstanceAutomatedBackups");
    public static readonly FactKind DatabaseEvent = Of("rds:restart-event", "RDS", "rds:DescribeEvents");
    public static readonly FactKind DatabaseProxy = Of("rds:proxy", "RDS", "rds:DescribeDBProxies");
    public static readonly FactKind Table = Of("dynamodb:table", "DynamoDB", "dynamodb:ListTables", "dynamodb:DescribeTable");
    public static readonly FactKind TableIndex = Of("dynamodb:index", "DynamoDB", "dynamodb:ListTables", "dynamodb:DescribeTable") with { PricedAs = "dynamodb:table" };
    public static readonly FactKind TableBackup = Of("dynamodb:backup", "DynamoDB", "dynamodb:ListBackups");
    public static readonly FactKind DaxCluster = Of("dax:cluster", "DAX", "dax:DescribeClusters") with { PricedAs = "dax:node" };
    public static readonly FactKind CacheGroup = Of("elasticache:group", "ElastiCache", "elasticache:DescribeCacheClusters") with { PricedAs = "elasticache:node" };
    public static readonly FactKind ServerlessCache = Of("elasticache:serverless-cache", "ElastiCache", "elasticache:DescribeServerlessCaches");
    public static readonly FactKind CacheSnapshot = Of("elasticache:snapshot", "ElastiCache", "elasticache:DescribeSnapshots");
    public static readonly FactKind MemoryDb = Of("memorydb:cluster", "MemoryDB", "memorydb:DescribeClusters") with { PricedAs = "memorydb:node" };
    public static readonly FactKind Warehouse = Of("redshift:cluster", "Redshift", "redshift:DescribeClusters");
    public static readonly FactKind WarehouseSnapshot = Of("redshift:snapshot", "Redshift", "redshift:DescribeClusterSnapshots");
    public static readonly FactKind Workgroup = Of("redshift:serverless-workgroup", "Redshift", "redshift-serverless:ListWorkgroups");
    public static readonly FactKind SearchDomain = Of("opensearch:domain", "OpenSearch", "opensearch:ListDomainNames", "opensearch:DescribeDomains");
    public static readonly FactKind SearchCollection = Of("aoss:collection", "OpenSearch Serverless", "opensearchserverless:ListCollections", "opensearchserverless:BatchGetCollection");

    // Storage
    public static readonly FactKind Bucket = Of("s3:bucket", "S3", "s3:ListBuckets", "s3:GetBucketLocation");
    public static readonly FactKind Upload = Of("s3:multipart-upload", "S3", "s3:ListBuckets", "s3:GetBucketLocation", "s3:ListMultipartUploads");
    public static readonly FactKind FileSystem = Of("efs:file-system", "EFS", "efs:DescribeFileSystems");
    public static readonly FactKind FsxFileSystem = Of("fsx:file-system", "FSx", "fsx:DescribeFileSystems");
    public static readonly FactKind FsxBackup = Of("fsx:backup", "FSx", "fsx:DescribeBackups");
    public static readonly FactKind RecoveryPoint = Of("backup:recovery-point", "AWS Backup", "backup:ListBackupVaults", "backup:ListRecoveryPointsByBackupVault");
    public static readonly FactKind ProtectedResource = Of("backup:protected-resource", "AWS Backup", "backup:ListProtectedResources");
    public static readonly FactKind ContainerImage = Of("ecr:image", "ECR", "ecr:DescribeRepositories", "ecr:DescribeImages");
    public static readonly FactKind StorageGateway = Of("storagegateway:gateway", "Storage Gateway", "storagegateway:ListGateways");
    public static readonly FactKind ArtifactDomain = Of("codeartifact:domain", "CodeArtifact", "codeartifact:ListDomains", "codeartifact:DescribeDomain");

    // Logs and monitoring
    public static readonly FactKind LogGroup = Of("logs:log-group", "CloudWatch Logs", "logs:DescribeLogGroups");
    public static readonly FactKind Alarm = Of("cloudwatch:alarm", "CloudWatch", "cloudwatch:DescribeAlarms");
    public static readonly FactKind Dashboard = Of("cloudwatch:dashboard", "CloudWatch", "cloudwatch:ListDashboards") with { OnlyIn = Home };
    public static readonly FactKind Canary = Of("synthetics:canary", "CloudWatch Synthetics", "synthetics:DescribeCanaries");

    // Containers and functions
    public static readonly FactKind EcsService = Of("ecs:service", "ECS", "ecs:ListClusters", "ecs:ListServices", "ecs:DescribeServices", "ecs:DescribeTaskDefinition");
    public static readonly FactKind EcsCluster = Of("ecs:cluster", "ECS", "ecs:ListClusters", "ecs:DescribeClusters", "ecs:ListContainerInstances", "ecs:DescribeContainerInstances");
    public static readonly FactKind EksCluster = Of("eks:cluster", "EKS", "eks:ListClusters", "eks:DescribeCluster", "eks:ListNodegroups", "eks:DescribeNodegroup", "eks:ListFargateProfiles");
    public static readonly FactKind Function = Of("lambda:function", "Lambda", "lambda:ListFunctions");
    public static readonly FactKind FunctionTrigger = Of("lambda:event-source-mapping", "Lambda", "lambda:ListEventSourceMappings");
    public static readonly FactKind FunctionVersion = Of("lambda:version", "Lambda", "lambda:ListFunctions", "lambda:ListVersionsByFunction", "lambda:ListAliases");
    public static readonly FactKind Concurrency = Of("lambda:provisioned-concurrency", "Lambda", "lambda:ListFunctions", "lambda:ListProvisionedConcurrencyConfigs");
    public static readonly FactKind AppRunner = Of("apprunner:service", "App Runner", "apprunner:ListServices", "apprunner:DescribeService");
    public static readonly FactKind ApiCache = Of("apigateway:cache", "API Gateway", "apigateway:GetRestApis", "apigateway:GetStages");

    // Data and streams
    public static readonly FactKind EmrCluster = Of("emr:cluster", "EMR", "emr:ListClusters", "emr:DescribeCluster", "emr:ListInstanceGroups");
    public static readonly FactKind EmrServerless = Of("emr-serverless:application", "EMR", "emr-serverless:ListApplications", "emr-serverless:GetApplication");
    public static readonly FactKind DevEndpoint = Of("glue:dev-endpoint", "Glue", "glue:GetDevEndpoints");
    public static readonly FactKind GlueSession = Of("glue:session", "Glue", "glue:ListSessions");
    public static readonly FactKind Airflow = Of("mwaa:environment", "MWAA", "mwaa:ListEnvironments", "mwaa:GetEnvironment");
    public static readonly FactKind Stream = Of("kinesis:stream", "Kinesis", "kinesis:ListStreams", "kinesis:DescribeStreamSummary");
    public static readonly FactKind StreamConsumer = Of("kinesis:stream-consumer", "Kinesis", "kinesis:ListStreams", "kinesis:DescribeStreamSummary", "kinesis:ListStreamConsumers");
    public static readonly FactKind FlinkApplication = Of("kinesisanalytics:application", "Managed Flink", "kinesisanalyticsv2:ListApplications", "kinesisanalyticsv2:DescribeApplication");
    public static readonly FactKind KafkaCluster = Of("msk:cluster", "MSK", "kafka:ListClustersV2");
    public static readonly FactKind Broker = Of("mq:broker", "Amazon MQ", "mq:ListBrokers");
    public static readonly FactKind TransferServer = Of("transfer:server", "Transfer Family", "transfer:ListServers", "transfer:DescribeServer");
    public static readonly FactKind ReplicationInstance = Of("dms:replication-instance", "DMS", "dms:DescribeReplicationInstances");
    public static readonly FactKind ReplicationTask = Of("dms:replication-task", "DMS", "dms:DescribeReplicationTasks");

    // Security and identity
    public static readonly FactKind Secret = Of("secretsmanager:secret", "Secrets Manager", "secretsmanager:ListSecrets");
    public static readonly FactKind Key = Of("kms:key", "KMS", "kms:ListKeys", "kms:DescribeKey", "kms:GetKeyLastUsage");
    public static readonly FactKind Directory = Of("ds:directory", "Directory Service", "ds:DescribeDirectories");
    public static readonly FactKind HsmCluster = Of("cloudhsm:cluster", "CloudHSM", "cloudhsmv2:DescribeClusters") with { PricedAs = "cloudhsm:hsm" };
    public static readonly FactKind PrivateCa = Of("acm-pca:authority", "Private CA", "acm-pca:ListCertificateAuthorities");
    public static readonly FactKind IssuedCertificate = Of("acm-pca:issue-event", "Private CA", "cloudtrail:LookupEvents");

    // Desktops
    public static readonly FactKind WorkSpace = Of("workspaces:workspace", "WorkSpaces", "workspaces:DescribeWorkspaces", "workspaces:DescribeWorkspacesConnectionStatus");
    public static readonly FactKind WorkSpaceDirectory = Of("workspaces:directory", "WorkSpaces", "workspaces:DescribeWorkspaceDirectories");
    public static readonly FactKind AppStreamFleet = Of("appstream:fleet", "AppStream", "appstream:DescribeFleets");
    public static readonly FactKind ImageBuilder = Of("appstream:image-builder", "AppStream", "appstream:DescribeImageBuilders");

    // Machine learning
    public static readonly FactKind ModelEndpoint = Of("sagemaker:endpoint", "SageMaker", "sagemaker:ListEndpoints", "sagemaker:DescribeEndpoint", "sagemaker:DescribeEndpointConfig");
    public static readonly FactKind Notebook = Of("sagemaker:notebook", "SageMaker", "sagemaker:ListNotebookInstances");
    public static readonly FactKind StudioApp = Of("sagemaker:app", "SageMaker", "sagemaker:ListApps", "sagemaker:DescribeApp");
    public static readonly FactKind StudioDomain = Of("sagemaker:domain", "SageMaker", "sagemaker:ListDomains", "sagemaker:DescribeDomain");
    public static readonly FactKind TrainingJob = Of("sagemaker:training-job", "SageMaker", "sagemaker:ListTrainingJobs", "sagemaker:DescribeTrainingJob");
    public static readonly FactKind ProcessingJob = Of("sagemaker:processing-job", "SageMaker", "sagemaker:ListProcessingJobs", "sagemaker:DescribeProcessingJob");
    public static readonly FactKind ModelThroughput = Of("bedrock:provisioned-throughput", "Bedrock", "bedrock:ListProvisionedModelThroughputs");
    public static readonly FactKind ComprehendEndpoint = Of("comprehend:endpoint", "Comprehend", "comprehend:ListEndpoints");
    public static readonly FactKind VisionModel = Of("rekognition:model", "Rekognition", "rekognition:DescribeProjects", "rekognition:DescribeProjectVersions");
    public static readonly FactKind Campaign = Of("personalize:campaign", "Personalize", "personalize:ListCampaigns", "personalize:DescribeCampaign");
    public static readonly FactKind KendraIndex = Of("kendra:index", "Kendra", "kendra:ListIndices", "kendra:DescribeIndex");

    // Media, games, Lightsail
    public static readonly FactKind GameFleet = Of("gamelift:fleet", "GameLift", "gamelift:ListFleets", "gamelift:DescribeFleetAttributes", "gamelift:DescribeFleetCapacity");
    public static readonly FactKind MediaChannel = Of("medialive:channel", "MediaLive", "medialive:ListChannels");
    public static readonly FactKind StaticIp = Of("lightsail:static-ip", "Lightsail", "lightsail:GetStaticIps");
    public static readonly FactKind LightsailDisk = Of("lightsail:disk", "Lightsail", "lightsail:GetDisks");
    public static readonly FactKind LightsailBalancer = Of("lightsail:load-balancer", "Lightsail", "lightsail:GetLoadBalancers");
}
