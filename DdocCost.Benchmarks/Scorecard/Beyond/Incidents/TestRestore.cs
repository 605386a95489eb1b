using DdocCost.Jobs.Demo.Calls;
using DdocCost.Jobs.Demo.Incidents;
using DdocCost.Jobs.Demo.Trail;

namespace DdocCost.Benchmarks.Scorecard.Beyond.Incidents;

/// <summary>A backup is restored to see whether it can be, into a database larger than the one it came from, and left.</summary>
internal sealed record TestRestore() : Incident("test-restore", "hospital-archive", Course.OneCall)
{
    public override Damage Play(DateTimeOffset at, CallLog log)
    {
        var (who, name) = (Caller.Person(log.Account, log.Account.People[0]), "restored-" + log.Dice.Hex(4));
        log.CreateDbInstance(at, who, name, "db.r6g.4xlarge", gib: 300, multiAz: true);
        return new Damage(who, 2 * 2.1m, (end, repair) => repair.DeleteDbInstance(end, who, name, "db.r6g.4xlarge", gib: 300));
    }
}
