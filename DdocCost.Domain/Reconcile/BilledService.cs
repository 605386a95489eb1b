namespace DdocCost.Domain.Reconcile;

/// <summary>AWS services as bills name and group them: the Cost and Usage Report by product code, FOCUS by name.</summary>
public static class BilledService
{
    private const string Compute = "Compute", Storage = "Storage", Databases = "Databases", Networking = "Networking", Analytics = "Analytics",
        Learning = "AI and Machine Learning", Management = "Management and Governance", Security = "Security", Integration = "Integration", Other = "Other";

    // Categories are the specification's allowed values of ServiceCategory.
    private static readonly Dictionary<string, (string Name, string Category)> Known = new(StringComparer.Ordinal)
    {
        ["ec2"] = ("Amazon Elastic Compute Cloud", Compute),
        ["autoscaling"] = ("Amazon EC2 Auto Scaling", Compute),
        ["lambda"] = ("AWS Lambda", Compute),
        ["ecs"] = ("Amazon Elastic Container Service", Compute),
        ["eks"] = ("Amazon Elastic Kubernetes Service", Compute),
        ["batch"] = ("AWS Batch", Compute),
        ["lightsail"] = ("Amazon Lightsail", Compute),
        ["apprunner"] = ("AWS App Runner", Compute),
        ["s3"] = ("Amazon Simple Storage Service", Storage),
        ["elasticfilesystem"] = ("Amazon Elastic File System", Storage),
        ["fsx"] = ("Amazon FSx", Storage),
        ["backup"] = ("AWS Backup", Storage),
        ["rds"] = ("Amazon Relational Database Service", Databases),
        ["dynamodb"] = ("Amazon DynamoDB", Databases),
        ["elasticache"] = ("Amazon ElastiCache", Databases),
        ["memorydb"] = ("Amazon MemoryDB", Databases),
        ["redshift"] = ("Amazon Redshift", Databases),
        ["redshift-serverless"] = ("Amazon Redshift Serverless", Databases),
        ["dax"] = ("Amazon DynamoDB Accelerator", Databases),
        ["elasticloadbalancing"] = ("Elastic Load Balancing", Networking),
        ["globalaccelerator"] = ("AWS Global Accelerator", Networking),
        ["directconnect"] = ("AWS Direct Connect", Networking),
        ["network-firewall"] = ("AWS Network Firewall", Networking),
        ["route53"] = ("Amazon Route 53", Networking),
        ["es"] = ("Amazon OpenSearch Service", Analytics),
        ["aoss"] = ("Amazon OpenSearch Serverless", Analytics),
        ["elasticmapreduce"] = ("Amazon EMR", Analytics),
        ["emr-serverless"] = ("Amazon EMR Serverless", Analytics),
        ["glue"] = ("AWS Glue", Analytics),
        ["athena"] = ("Amazon Athena", Analytics),
        ["kinesis"] = ("Amazon Kinesis Data Streams", Analytics),
        ["firehose"] = ("Amazon Data Firehose", Analytics),
        ["quicksight"] = ("Amazon QuickSight", Analytics),
        ["sagemaker"] = ("Amazon SageMaker", Learning),
        ["bedrock"] = ("Amazon Bedrock", Learning),
        ["kafka"] = ("Amazon Managed Streaming for Apache Kafka", Integration),
        ["mq"] = ("Amazon MQ", Integration),
        ["airflow"] = ("Amazon Managed Workflows for Apache Airflow", Integration),
        ["transfer"] = ("AWS Transfer Family", Integration),
        ["kms"] = ("AWS Key Management Service", Security),
        ["cloudhsm"] = ("AWS CloudHSM", Security),
        ["guardduty"] = ("Amazon GuardDuty", Security),
        ["macie2"] = ("Amazon Macie", Security),
        ["wafv2"] = ("AWS WAF", Security),
        ["ds"] = ("AWS Directory Service", "Identity"),
        ["config"] = ("AWS Config", Management),
        ["monitoring"] = ("Amazon CloudWatch", Management),
        ["workspaces"] = ("Amazon WorkSpaces", "End User Computing"),
    };

    // lineItem/ProductCode of the Cost and Usage Report, where it is a service of its own.
    private static readonly (string Code, string Service)[] Codes =
    [
        ("AmazonEC2", "ec2"),
        ("AWSLambda", "lambda"),
        ("AmazonECS", "ecs"),
        ("AmazonEKS", "eks"),
        ("AWSBatch", "batch"),
        ("AmazonLightsail", "lightsail"),
        ("AWSAppRunner", "apprunner"),
        ("AmazonS3", "s3"),
        ("AmazonEFS", "elasticfilesystem"),
        ("AmazonFSx", "fsx"),
        ("AWSBackup", "backup"),
        ("AmazonRDS", "rds"),
        ("AmazonDynamoDB", "dynamodb"),
        ("AmazonElastiCache", "elasticache"),
        ("AmazonMemoryDB", "memorydb"),
        ("AmazonRedshift", "redshift"),
        ("AmazonDAX", "dax"),
        ("AWSELB", "elasticloadbalancing"),
        ("AWSGlobalAccelerator", "globalaccelerator"),
        ("AWSDirectConnect", "directconnect"),
        ("AWSNetworkFirewall", "network-firewall"),
        ("AmazonRoute53", "route53"),
        ("AmazonES", "es"),
        ("ElasticMapReduce", "elasticmapreduce"),
        ("AWSGlue", "glue"),
        ("AmazonAthena", "athena"),
        ("AmazonKinesis", "kinesis"),
        ("AmazonKinesisFirehose", "firehose"),
        ("AmazonQuickSight", "quicksight"),
        ("AmazonSageMaker", "sagemaker"),
        ("AmazonBedrock", "bedrock"),
        ("AmazonMSK", "kafka"),
        ("AmazonMQ", "mq"),
        ("AmazonMWAA", "airflow"),
        ("AWSTransfer", "transfer"),
        ("awskms", "kms"),
        ("CloudHSM", "cloudhsm"),
        ("AmazonGuardDuty", "guardduty"),
        ("AmazonMacie", "macie2"),
        ("awswaf", "wafv2"),
        ("AWSDirectoryService", "ds"),
        ("AWSConfig", "config"),
        ("AmazonCloudWatch", "monitoring"),
        ("AmazonWorkSpaces", "workspaces"),
    ];

    // As Cost Explorer words it where that differs.
    private static readonly (string Name, string Service)[] Explored =
    [
        ("Amazon Elastic Compute Cloud - Compute", "ec2"),
        ("EC2 - Other", "ec2"),
        ("Amazon Elastic Load Balancing", "elasticloadbalancing"),
        ("Amazon Elastic Container Service for Kubernetes", "eks"),
        ("Amazon Elastic MapReduce", "elasticmapreduce"),
        ("Amazon Kinesis", "kinesis"),
        ("Amazon Kinesis Firehose", "firehose"),
        ("Amazon Managed Workflows for Apache Airflow", "airflow"),
    ];

    private static readonly Dictionary<string, string> ByBill = Codes.Concat(Known.Select(known => (Code: known.Value.Name, Service: known.Key)))
        .Concat(Explored).Append(("Amazon Virtual Private Cloud", "ec2")).Append(("AmazonVPC", "ec2")) // addresses and endpoints, which CloudTrail counts to EC2
        .DistinctBy(pair => pair.Item1, StringComparer.OrdinalIgnoreCase).ToDictionary(pair => pair.Item1, pair => pair.Item2, StringComparer.OrdinalIgnoreCase);

    /// <summary>The service as CloudTrail names it, else what the bill says.</summary>
    /// <param name="billed">Product code or name on a bill.</param>
    public static string Of(string billed) => ByBill.GetValueOrDefault(billed, billed);

    /// <summary>Its name on the bill, else as CloudTrail calls it.</summary>
    public static string NameOf(string service) => Known.TryGetValue(service, out var known) ? known.Name : service;

    /// <summary>One of the specification's categories.</summary>
    public static string CategoryOf(string service) => Known.TryGetValue(service, out var known) ? known.Category : Other;
}
