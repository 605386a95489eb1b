using DdocCost.Jobs.Aws;

namespace DdocCost.Jobs.Zombies;

/// <summary>Services that only the hunt talks to. Names and versions are those of the services' published models.</summary>
internal static class HuntServices
{
    public static readonly AwsService NetworkFirewall = Json("NETWORK_FIREWALL", "network-firewall", "NetworkFirewall_20201112", AwsProtocol.Json10);
    public static readonly AwsService GlobalAccelerator = Json("GLOBAL_ACCELERATOR", "globalaccelerator", "GlobalAccelerator_V20180706") with { OnlyIn = "us-west-2" };
    public static readonly AwsService DirectConnect = Json("DIRECT_CONNECT", "directconnect", "OvertureService");
    public static readonly AwsService Route53Resolver = Json("ROUTE53RESOLVER", "route53resolver", "Route53Resolver");
    public static readonly AwsService Waf = Json("WAFV2", "wafv2", "AWSWAF_20190729");
    public static readonly AwsService Dax = Json("DAX", "dax", "AmazonDAXV3");
    public static readonly AwsService MemoryDb = Json("MEMORYDB", "memory-db", "AmazonMemoryDB") with { SigningName = "memorydb" };
    public static readonly AwsService RedshiftServerless = Json("REDSHIFT_SERVERLESS", "redshift-serverless", "RedshiftServerless");
    public static readonly AwsService SearchServerless = Json("OPENSEARCHSERVERLESS", "aoss", "OpenSearchServerless", AwsProtocol.Json10);
    public static readonly AwsService Backup = Rest("BACKUP", "backup");
    public static readonly AwsService StorageGateway = Json("STORAGE_GATEWAY", "storagegateway", "StorageGateway_20130630");
    public static readonly AwsService CodeArtifact = Rest("CODEARTIFACT", "codeartifact");
    public static readonly AwsService EmrServerless = Rest("EMR_SERVERLESS", "emr-serverless");
    public static readonly AwsService Airflow = Rest("MWAA", "airflow");
    public static readonly AwsService Flink = Json("KINESIS_ANALYTICS_V2", "kinesisanalytics", "KinesisAnalytics_20180523");
    public static readonly AwsService Mq = Rest("MQ", "mq");
    public static readonly AwsService ApiGateway = Rest("API_GATEWAY", "apigateway") with { RequestsPerSecond = 5 };
    public static readonly AwsService Synthetics = Rest("SYNTHETICS", "synthetics");
    public static readonly AwsService Transfer = Json("TRANSFER", "transfer", "TransferService");
    public static readonly AwsService Dms = Json("DATABASE_MIGRATION_SERVICE", "dms", "AmazonDMSv20160101");
    public static readonly AwsService Directory = Json("DIRECTORY_SERVICE", "ds", "DirectoryService_20150416");
    public static readonly AwsService WorkSpaces = Json("WORKSPACES", "workspaces", "WorkspacesService") with { RequestsPerSecond = 5 };
    public static readonly AwsService CloudHsm = Json("CLOUDHSM_V2", "cloudhsmv2", "BaldrApiService") with { SigningName = "cloudhsm" };
    public static readonly AwsService PrivateCa = Json("ACM_PCA", "acm-pca", "ACMPrivateCA");
    public static readonly AwsService AppRunner = Json("APPRUNNER", "apprunner", "AppRunner", AwsProtocol.Json10);
    public static readonly AwsService AppStream = Json("APPSTREAM", "appstream2", "PhotonAdminProxyService") with { SigningName = "appstream" };
    public static readonly AwsService Bedrock = Rest("BEDROCK", "bedrock");
    public static readonly AwsService Comprehend = Json("COMPREHEND", "comprehend", "Comprehend_20171127");
    public static readonly AwsService Rekognition = Json("REKOGNITION", "rekognition", "RekognitionService");
    public static readonly AwsService Personalize = Json("PERSONALIZE", "personalize", "AmazonPersonalize");
    public static readonly AwsService Kendra = Json("KENDRA", "kendra", "AWSKendraFrontendService");
    public static readonly AwsService GameLift = Json("GAMELIFT", "gamelift", "GameLift");
    public static readonly AwsService MediaLive = Rest("MEDIALIVE", "medialive");
    public static readonly AwsService Lightsail = Json("LIGHTSAIL", "lightsail", "Lightsail_20161128");

    private static AwsService Json(string id, string host, string target, AwsProtocol protocol = AwsProtocol.Json11) => new(id, host, protocol) { Target = target };

    private static AwsService Rest(string id, string host) => new(id, host, AwsProtocol.RestJson);
}
