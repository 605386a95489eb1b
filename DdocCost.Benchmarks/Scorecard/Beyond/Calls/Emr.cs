using DdocCost.Jobs.Demo.Calls;
using DdocCost.Jobs.Demo.Trail;

namespace DdocCost.Benchmarks.Scorecard.Beyond.Calls;

/// <summary>Calls to Amazon EMR on EC2.</summary>
/// <remarks>Shapes as CloudTrail logs them: Amazon EMR management guide, "Log Amazon EMR API calls using AWS CloudTrail".</remarks>
internal static class Emr
{
    /// <summary>Runs a cluster that stays when its steps are done: EMR launches a main node and so many others. Returns what must be ended.</summary>
    public static (string Cluster, IReadOnlyList<string> Instances) RunJobFlow(this CallLog log, DateTimeOffset at, Caller who, string name, string type, int nodes)
    {
        var cluster = "j-" + log.Dice.Code(13);
        object[] groups = [Group("MASTER", 1), Group("CORE", nodes)];
        var request = new { name, releaseLabel = "emr-7.5.0", instances = new { instanceGroups = groups, keepJobFlowAliveWhenNoSteps = true }, jobFlowRole = "EMR_EC2_DefaultRole", serviceRole = "EMR_DefaultRole" };
        var response = new { jobFlowId = cluster, clusterArn = $"arn:aws:elasticmapreduce:{log.Account.Region}:{log.Account.Id}:cluster/{cluster}" };
        log.Record(at, who, new ApiCall("elasticmapreduce", "RunJobFlow", request, response));
        var emr = Service(log.Account);
        return (cluster, [.. log.RunInstances(at.AddSeconds(40), emr, type, 1, name: name), .. log.RunInstances(at.AddSeconds(55), emr, type, nodes, name: name)]);

        object Group(string instanceRole, int instanceCount) => new { instanceRole, instanceType = type, instanceCount, market = "ON_DEMAND" };
    }

    public static void TerminateJobFlows(this CallLog log, DateTimeOffset at, Caller who, string cluster, IReadOnlyList<string> instances)
    {
        log.Record(at, who, new ApiCall("elasticmapreduce", "TerminateJobFlows", new { jobFlowIds = new[] { cluster } }, null));
        log.TerminateInstances(at.AddSeconds(30), Service(log.Account), instances);
    }

    private static Caller Service(Account account) => Caller.Service(account, "EMR_DefaultRole", "CCSSession", "elasticmapreduce.amazonaws.com");
}
