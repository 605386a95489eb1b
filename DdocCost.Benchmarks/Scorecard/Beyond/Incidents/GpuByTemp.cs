using DdocCost.Jobs.Demo.Calls;
using DdocCost.Jobs.Demo.Incidents;
using DdocCost.Jobs.Demo.Trail;

namespace DdocCost.Benchmarks.Scorecard.Beyond.Incidents;

/// <summary>Somebody who came last week wants to try a model and takes the largest machine in the list.</summary>
internal sealed record GpuByTemp() : Incident("gpu-by-temp", "agency", Course.OneCall)
{
    public override Damage Play(DateTimeOffset at, CallLog log)
    {
        var who = Caller.Person(log.Account, "temp" + log.Dice.Whole(61, 90));
        var ids = log.RunInstances(at, who, "g5.12xlarge", 1);
        return new Damage(who, 5.672m, (end, repair) => repair.TerminateInstances(end, who, ids));
    }
}
