using DdocCost.Jobs.Demo.Accounts;
using DdocCost.Jobs.Demo.Calls;
using DdocCost.Jobs.Demo.Trail;

namespace DdocCost.Jobs.Demo.Incidents;

/// <summary>Two zeros too many behind the desired count of a Fargate service.</summary>
public sealed record ServiceTimesHundred() : Incident("service-times-hundred", "web-tier", Course.OneCall)
{
    private const decimal UsdPerHourOfTask = 0.04048m + (2 * 0.004445m); // 1 vCPU and 2 GiB, eu-west-1

    /// <inheritdoc/>
    public override Damage Play(DateTimeOffset at, CallLog log)
    {
        var (cluster, name, tasks) = WebTier.Search;
        var who = Caller.Person(log.Account, log.Dice.Pick([.. log.Account.People]));
        log.UpdateService(at, who, cluster, name, name, 1, tasks * 100, running: tasks);
        return new Damage(who, tasks * 99 * UsdPerHourOfTask, (end, repair) => repair.UpdateService(end, who, cluster, name, name, 1, tasks, running: tasks * 100));
    }
}
