using DdocCost.Benchmarks.Scorecard.Beyond.Calls;
using DdocCost.Jobs.Demo.Incidents;
using DdocCost.Jobs.Demo.Trail;

namespace DdocCost.Benchmarks.Scorecard.Beyond.Incidents;

/// <summary>For a lecture on large data somebody runs a cluster that stays when its steps are done, and goes home.</summary>
internal sealed record LectureCluster() : Incident("lecture-cluster", "university-lab", Course.Burst)
{
    public override Damage Play(DateTimeOffset at, CallLog log)
    {
        var who = Caller.Person(log.Account, log.Account.People[1]);
        var (cluster, instances) = log.RunJobFlow(at, who, "lecture", "m5.2xlarge", 20);

        // m5.2xlarge in eu-west-1, and what EMR takes for one.
        return new Damage(who, 21 * (0.428m + 0.107m), (end, repair) => repair.TerminateJobFlows(end, who, cluster, instances));
    }
}
