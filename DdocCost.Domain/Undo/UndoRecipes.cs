namespace DdocCost.Domain.Undo;

/// <summary>Which commands end which type of resource. To add one: a line in <see cref="PlainUndo"/>, or a line here and a function in its family's file.</summary>
internal static class UndoRecipes
{
    /// <summary>By resource type.</summary>
    public static IReadOnlyDictionary<string, Func<UndoTarget, IEnumerable<UndoCommand>>> All { get; } = new Dictionary<string, Func<UndoTarget, IEnumerable<UndoCommand>>>(PlainUndo.Recipes)
    {
        ["ec2:instance"] = Ec2Undo.Instances,
        ["ec2:volume"] = Ec2Undo.Volumes,
        ["ec2:snapshot"] = Ec2Undo.Snapshots,
        ["vpc:nat-gateway"] = VpcUndo.NatGateways,
        ["vpc:public-ipv4"] = VpcUndo.Addresses,
        ["vpc:interface-endpoint"] = VpcUndo.Endpoints,
        ["autoscaling:group"] = AutoScalingUndo.Groups,
        ["rds:db"] = RdsUndo.Instances,
        ["rds:cluster"] = RdsUndo.Clusters,
        ["elb:load-balancer"] = LoadBalancerUndo.LoadBalancers,
        ["elasticache:node"] = ElastiCacheUndo.Nodes,
        ["redshift:cluster"] = RedshiftUndo.Clusters,
        ["sagemaker:endpoint"] = SageMakerUndo.Endpoints,
        ["sagemaker:notebook"] = SageMakerUndo.Notebooks,
        ["sagemaker:training-job"] = SageMakerUndo.TrainingJobs,
        ["sagemaker:processing-job"] = SageMakerUndo.ProcessingJobs,
        ["sagemaker:transform-job"] = SageMakerUndo.TransformJobs,
        ["eks:cluster"] = EksUndo.Clusters,
        ["eks:nodegroup"] = EksUndo.Nodegroups,
        ["ecs:service"] = EcsUndo.Services,
        ["ecs:task"] = EcsUndo.Tasks,
        ["opensearch:domain"] = OpenSearchUndo.Domains,
        ["lambda:provisioned-concurrency"] = LambdaUndo.Concurrency,
        ["dynamodb:table"] = DynamoDbUndo.Tables,
    };

    /// <summary>How ids of a type begin where AWS gives them, so that a made-up one is noticed; null where people choose the name.</summary>
    public static string? IdPrefix(string resourceType) => resourceType switch
    {
        "ec2:instance" => "i-",
        "ec2:volume" => "vol-",
        "ec2:snapshot" => "snap-",
        "vpc:nat-gateway" => "nat-",
        "vpc:interface-endpoint" => "vpce-",
        _ => null,
    };
}
