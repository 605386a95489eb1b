namespace DdocCost.Domain.Normalise.Services;

/// <summary>Every service the catalogue knows: one line each.</summary>
internal static class ServiceRegistry
{
    public static readonly IReadOnlyList<Service> All =
    [
        AutoScaling.Service,
        DynamoDb.Service,
        EbsVolumes.Service,
        Ec2Instances.Service,
        Ecs.Service,
        Eks.Service,
        ElastiCache.Service,
        LambdaConcurrency.Service,
        LoadBalancers.Service,
        OpenSearch.Service,
        Rds.Service,
        Redshift.Service,
        SageMaker.Service,
        VpcNetwork.Service,
    ];
}
