namespace DdocCost.Jobs.Aws;

/// <summary>Services we talk to. Names and versions are those of the services' published models.</summary>
public static class AwsServices
{
    /// <summary>AWS CloudTrail.</summary>
    public static readonly AwsService CloudTrail = Json("CLOUDTRAIL", "cloudtrail", "com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101");

    /// <summary>Amazon S3.</summary>
    public static readonly AwsService S3 = new("S3", "s3", AwsProtocol.RestXml) { RequestsPerSecond = 100 };

    /// <summary>Amazon SQS.</summary>
    public static readonly AwsService Sqs = Json("SQS", "sqs", "AmazonSQS", AwsProtocol.Json10) with { RequestsPerSecond = 100 };

    /// <summary>Amazon SNS.</summary>
    public static readonly AwsService Sns = Query("SNS", "sns", "2010-03-31");

    /// <summary>AWS Security Token Service.</summary>
    public static readonly AwsService Sts = Query("STS", "sts", "2011-06-15");

    /// <summary>IAM.</summary>
    public static readonly AwsService Iam = Query("IAM", "iam", "2010-05-08") with { IsGlobal = true };

    /// <summary>AWS KMS.</summary>
    public static readonly AwsService Kms = Json("KMS", "kms", "TrentService");

    /// <summary>AWS Organizations.</summary>
    public static readonly AwsService Organizations = Json("ORGANIZATIONS", "organizations", "AWSOrganizationsV20161128") with { IsGlobal = true, RequestsPerSecond = 2 };

    /// <summary>Amazon EC2, with EBS and VPC.</summary>
    public static readonly AwsService Ec2 = new("EC2", "ec2", AwsProtocol.Ec2Query) { Version = "2016-11-15" };

    /// <summary>Amazon EC2 Auto Scaling.</summary>
    public static readonly AwsService AutoScaling = Query("AUTO_SCALING", "autoscaling", "2011-01-01");

    /// <summary>Application, network and gateway load balancers.</summary>
    public static readonly AwsService LoadBalancing = Query("ELASTIC_LOAD_BALANCING_V2", "elasticloadbalancing", "2015-12-01");

    /// <summary>Classic load balancers.</summary>
    public static readonly AwsService ClassicLoadBalancing = Query("ELASTIC_LOAD_BALANCING", "elasticloadbalancing", "2012-06-01");

    /// <summary>Amazon RDS, with Aurora, DocumentDB and Neptune.</summary>
    public static readonly AwsService Rds = Query("RDS", "rds", "2014-10-31");

    /// <summary>Amazon ElastiCache.</summary>
    public static readonly AwsService ElastiCache = Query("ELASTICACHE", "elasticache", "2015-02-02");

    /// <summary>Amazon Redshift.</summary>
    public static readonly AwsService Redshift = Query("REDSHIFT", "redshift", "2012-12-01");

    /// <summary>Amazon CloudWatch metrics.</summary>
    public static readonly AwsService CloudWatch =
        Json("CLOUDWATCH", "monitoring", "GraniteServiceVersion20100801", AwsProtocol.Json10) with { IamName = "cloudwatch" };

    /// <summary>Amazon CloudWatch Logs.</summary>
    public static readonly AwsService Logs = Json("CLOUDWATCH_LOGS", "logs", "Logs_20140328") with { RequestsPerSecond = 5 };

    /// <summary>AWS Lambda.</summary>
    public static readonly AwsService Lambda = new("LAMBDA", "lambda", AwsProtocol.RestJson);

    /// <summary>Amazon ECS.</summary>
    public static readonly AwsService Ecs = Json("ECS", "ecs", "AmazonEC2ContainerServiceV20141113");

    /// <summary>Amazon ECR.</summary>
    public static readonly AwsService Ecr = Json("ECR", "api.ecr", "AmazonEC2ContainerRegistry_V20150921") with { SigningName = "ecr" };

    /// <summary>Amazon EKS.</summary>
    public static readonly AwsService Eks = new("EKS", "eks", AwsProtocol.RestJson);

    /// <summary>Amazon OpenSearch Service.</summary>
    public static readonly AwsService OpenSearch = new("OPENSEARCH", "es", AwsProtocol.RestJson);

    /// <summary>Amazon DynamoDB.</summary>
    public static readonly AwsService DynamoDb = Json("DYNAMODB", "dynamodb", "DynamoDB_20120810", AwsProtocol.Json10);

    /// <summary>Amazon Kinesis Data Streams.</summary>
    public static readonly AwsService Kinesis = Json("KINESIS", "kinesis", "Kinesis_20131202") with { RequestsPerSecond = 5 };

    /// <summary>Amazon SageMaker.</summary>
    public static readonly AwsService SageMaker = Json("SAGEMAKER", "api.sagemaker", "SageMaker") with { SigningName = "sagemaker" };

    /// <summary>Amazon EMR.</summary>
    public static readonly AwsService Emr = Json("EMR", "elasticmapreduce", "ElasticMapReduce") with { RequestsPerSecond = 2 };

    /// <summary>AWS Glue.</summary>
    public static readonly AwsService Glue = Json("GLUE", "glue", "AWSGlue");

    /// <summary>Amazon EFS.</summary>
    public static readonly AwsService Efs = new("EFS", "elasticfilesystem", AwsProtocol.RestJson);

    /// <summary>Amazon FSx.</summary>
    public static readonly AwsService Fsx = Json("FSX", "fsx", "AWSSimbaAPIService_v20180301");

    /// <summary>Amazon MSK.</summary>
    public static readonly AwsService Msk = new("KAFKA", "kafka", AwsProtocol.RestJson);

    /// <summary>Amazon Route 53.</summary>
    public static readonly AwsService Route53 = new("ROUTE_53", "route53", AwsProtocol.RestXml) { IsGlobal = true, RequestsPerSecond = 5 };

    /// <summary>Amazon CloudFront.</summary>
    public static readonly AwsService CloudFront = new("CLOUDFRONT", "cloudfront", AwsProtocol.RestXml) { IsGlobal = true };

    /// <summary>AWS Secrets Manager.</summary>
    public static readonly AwsService SecretsManager = Json("SECRETS_MANAGER", "secretsmanager", "secretsmanager");

    /// <summary>Tags of many services.</summary>
    public static readonly AwsService Tagging = Json("RESOURCE_GROUPS_TAGGING_API", "tagging", "ResourceGroupsTaggingAPI_20170126") with { IamName = "tag" };

    /// <summary>AWS Price List.</summary>
    public static readonly AwsService Pricing = Json("PRICING", "api.pricing", "AWSPriceListService") with { SigningName = "pricing", OnlyIn = "us-east-1" };

    /// <summary>AWS Cost Explorer.</summary>
    public static readonly AwsService CostExplorer = Json("COST_EXPLORER", "ce", "AWSInsightsIndexService") with { OnlyIn = "us-east-1", RequestsPerSecond = 2 };

    /// <summary>AWS Compute Optimizer.</summary>
    public static readonly AwsService ComputeOptimizer = Json("COMPUTE_OPTIMIZER", "compute-optimizer", "ComputeOptimizerService", AwsProtocol.Json10);

    /// <summary>Savings Plans.</summary>
    public static readonly AwsService SavingsPlans = new("SAVINGSPLANS", "savingsplans", AwsProtocol.RestJson) { IsGlobal = true };

    private static AwsService Json(string id, string host, string target, AwsProtocol protocol = AwsProtocol.Json11) => new(id, host, protocol) { Target = target };

    private static AwsService Query(string id, string host, string version) => new(id, host, AwsProtocol.Query) { Version = version };
}
