using DdocCost.Jobs.Demo.Calls;
using DdocCost.Jobs.Demo.Incidents;
using DdocCost.Jobs.Demo.Trail;

namespace DdocCost.Benchmarks.Scorecard.Beyond.Incidents;

/// <summary>Somebody copies the machines of the floor, four sizes larger, for a test of an evening.</summary>
internal sealed record FloorOfTomorrow() : Incident("floor-of-tomorrow", "small-works", Course.OneCall)
{
    public override Damage Play(DateTimeOffset at, CallLog log)
    {
        var who = Caller.Person(log.Account, log.Account.People[1]);
        var ids = log.RunInstances(at, who, "m6i.8xlarge", 6, name: "test");
        return new Damage(who, 6 * 1.63m, (end, repair) => repair.TerminateInstances(end, who, ids));
    }
}
