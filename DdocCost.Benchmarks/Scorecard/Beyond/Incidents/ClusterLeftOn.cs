using DdocCost.Jobs.Demo.Calls;
using DdocCost.Jobs.Demo.Incidents;
using DdocCost.Jobs.Demo.Trail;
using DdocCost.Benchmarks.Scorecard.Beyond.Accounts;

namespace DdocCost.Benchmarks.Scorecard.Beyond.Incidents;

/// <summary>Jobs of ordinary sizes whose machines the scheduler has lost: nothing ends them.</summary>
internal sealed record ClusterLeftOn() : Incident("cluster-left-on", "research-cluster", Course.Drift)
{
    public override Damage Play(DateTimeOffset at, CallLog log)
    {
        var (scheduler, ids) = (ResearchCluster.Scheduler(log.Account), new List<string>());
        for (var job = 0; job < 6; job++)
        {
            ids.AddRange(log.RunInstances(at.AddHours(job * 4), scheduler, "c6i.4xlarge", 8, name: "compute"));
        }

        return new Damage(scheduler, ids.Count * 0.68m, (end, repair) => repair.TerminateInstances(end, scheduler, ids));
    }
}
