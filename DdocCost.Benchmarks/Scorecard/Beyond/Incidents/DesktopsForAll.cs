using DdocCost.Benchmarks.Scorecard.Beyond.Calls;
using DdocCost.Jobs.Demo.Incidents;
using DdocCost.Jobs.Demo.Trail;

namespace DdocCost.Benchmarks.Scorecard.Beyond.Incidents;

/// <summary>A desktop for everybody enrolled, all of them running day and night, for a course of one afternoon.</summary>
internal sealed record DesktopsForAll() : Incident("desktops-for-all", "university-lab", Course.OneCall)
{
    public override Damage Play(DateTimeOffset at, CallLog log)
    {
        var (who, fleet) = (Caller.Person(log.Account, log.Account.People[2]), "course-" + log.Dice.Hex(4));
        log.StartNewFleet(at, who, fleet, "stream.standard.large", 45);
        return new Damage(who, 45 * 0.2229m, (end, repair) => repair.StopFleet(end, who, fleet));
    }
}
