namespace DdocCost.Domain.Normalise.Services;

/// <summary>Every service the catalogue knows: one line each.</summary>
internal static class ServiceRegistry
{
    public static readonly IReadOnlyList<Service> All =
    [
        AcmPrivateCa.Service,
        AmazonMq.Service,
        AutoScaling.Service,
        Bedrock.Service,
        CloudHsm.Service,
        Dax.Service,
        DirectoryService.Service,
        Dms.Service,
        DynamoDb.Service,
        EbsVolumes.Service,
        Ec2Instances.Service,
        Ecs.Service,
        Efs.Service,
        Eks.Service,
        ElastiCache.Service,
        Emr.Service,
        Fsx.Service,
        GlobalAccelerator.Service,
        Glue.Service,
        Kendra.Service,
        Kinesis.Service,
        Kms.Service,
        LambdaConcurrency.Service,
        LoadBalancers.Service,
        MemoryDb.Service,
        Msk.Service,
        Mwaa.Service,
        NetworkFirewall.Service,
        OpenSearch.Service,
        Rds.Service,
        Redshift.Service,
        Route53Resolver.Service,
        SageMaker.Service,
        SavingsPlans.Service,
        SecretsManager.Service,
        Transfer.Service,
        VpcNetwork.Service,
        WorkSpaces.Service,
    ];
}
