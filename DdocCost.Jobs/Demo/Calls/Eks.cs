using DdocCost.Jobs.Demo.Trail;

namespace DdocCost.Jobs.Demo.Calls;

/// <summary>Calls to Amazon EKS.</summary>
/// <remarks>Shapes as CloudTrail logs them: Amazon EKS user guide, "Log API calls as AWS CloudTrail events".</remarks>
public static class Eks
{
    /// <summary>Creates a cluster.</summary>
    public static void CreateEksCluster(this CallLog log, DateTimeOffset at, Caller who, string name)
    {
        var arn = $"arn:aws:eks:{log.Account.Region}:{log.Account.Id}:cluster/{name}";
        var request = new { name, version = "1.31", roleArn = $"arn:aws:iam::{log.Account.Id}:role/eks-cluster", resourcesVpcConfig = new { endpointPublicAccess = true } };
        var response = new { cluster = new { name, arn, version = "1.31", status = "CREATING", createdAt = at.ToUnixTimeSeconds() } };
        log.Record(at, who, new ApiCall("eks", "CreateCluster", request, response));
    }

    /// <summary>Sets how many nodes a node group shall have.</summary>
    public static void UpdateNodegroupConfig(this CallLog log, DateTimeOffset at, Caller who, string cluster, string group, int nodes, int most)
    {
        var request = new { name = cluster, nodegroupName = group, scalingConfig = new { minSize = 1, maxSize = most, desiredSize = nodes }, clientRequestToken = log.Dice.NewId() };
        var update = new { id = log.Dice.NewId(), status = "InProgress", type = "ConfigUpdate", createdAt = at.ToUnixTimeSeconds() };
        log.Record(at, who, new ApiCall("eks", "UpdateNodegroupConfig", request, new { update }));
    }
}
