using DdocCost.Jobs.Demo.Calls;
using DdocCost.Jobs.Demo.Incidents;
using DdocCost.Jobs.Demo.Trail;

namespace DdocCost.Benchmarks.Scorecard.Beyond.Incidents;

/// <summary>Machines for a course of a day are far too large, and nobody ends them.</summary>
internal sealed record WorkstationsForGuests() : Incident("workstations-for-guests", "render-farm", Course.OneCall)
{
    public override Damage Play(DateTimeOffset at, CallLog log)
    {
        var who = Caller.Person(log.Account, log.Account.People[2]);
        var ids = log.RunInstances(at, who, "g5.4xlarge", 6, name: "guest");
        return new Damage(who, 6 * 1.81m, (end, repair) => repair.TerminateInstances(end, who, ids));
    }
}
