using DdocCost.Jobs.Demo.Accounts;
using DdocCost.Jobs.Demo.Calls;
using DdocCost.Jobs.Demo.Trail;

namespace DdocCost.Jobs.Demo.Incidents;

/// <summary>A node group is asked for a hundred nodes, and Auto Scaling delivers them.</summary>
public sealed record NodeGroupExplosion() : Incident("node-group-explosion", "platform-team", Course.Burst)
{
    private const decimal UsdPerHour = 0.384m; // m6i.2xlarge, us-east-1, Linux, on demand

    /// <inheritdoc/>
    public override Damage Play(DateTimeOffset at, CallLog log)
    {
        var (cluster, group, usual) = PlatformTeam.Kubernetes;
        var who = Caller.Person(log.Account, log.Dice.Pick([.. log.Account.People]));
        var scaler = AccountLife.AutoScaling(log.Account);
        log.UpdateNodegroupConfig(at, who, cluster, group, nodes: 100, most: 120);
        var ids = new List<string>();
        for (var step = 1; step <= 12; step++)
        {
            ids.AddRange(log.RunInstances(at.AddSeconds(step * 25), scaler, "m6i.2xlarge", 8, name: $"{cluster}-{group}-node"));
        }

        return new Damage(who, ids.Count * UsdPerHour, (end, repair) =>
        {
            repair.UpdateNodegroupConfig(end, who, cluster, group, usual, most: 12);
            repair.TerminateInstances(end.AddMinutes(1), scaler, ids);
        });
    }
}
