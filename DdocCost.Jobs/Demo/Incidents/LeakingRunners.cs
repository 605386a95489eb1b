using DdocCost.Jobs.Demo.Accounts;
using DdocCost.Jobs.Demo.Calls;
using DdocCost.Jobs.Demo.Trail;

namespace DdocCost.Jobs.Demo.Incidents;

/// <summary>The runner manager forgets some of its workers: each launch is as usual, but the machines are never ended.</summary>
public sealed record LeakingRunners() : Incident("leaking-runners", "ci-fleet", Course.Drift)
{
    private const int Launches = 120;
    private const decimal UsdPerHour = 0.34m; // c6i.2xlarge, us-west-2, Linux, on demand

    /// <inheritdoc/>
    public override Damage Play(DateTimeOffset at, CallLog log)
    {
        var manager = CiFleet.RunnerManager(log.Account);
        var ids = new List<string>();
        for (var launch = 0; launch < Launches; launch++)
        {
            ids.AddRange(log.RunInstances(at.AddMinutes(launch * 5), manager, "c6i.2xlarge", 1, name: "runner"));
        }

        return new Damage(manager, Launches * UsdPerHour, (end, repair) => repair.TerminateInstances(end, manager, ids));
    }
}
