using DdocCost.Jobs.Demo.Calls;
using DdocCost.Jobs.Demo.Incidents;
using DdocCost.Jobs.Demo.Trail;

namespace DdocCost.Benchmarks.Scorecard.Beyond.Incidents;

/// <summary>To look into an error, somebody makes a second database of the size of production.</summary>
internal sealed record DatabaseForDebugging() : Incident("database-for-debugging", "quiet-bank", Course.OneCall)
{
    public override Damage Play(DateTimeOffset at, CallLog log)
    {
        var (who, name) = (Caller.Person(log.Account, log.Account.People[1]), "debug-" + log.Dice.Hex(4));
        log.CreateDbInstance(at, who, name, "db.r6g.8xlarge", gib: 1000, multiAz: true);
        return new Damage(who, 2 * 3.7m, (end, repair) => repair.DeleteDbInstance(end, who, name, "db.r6g.8xlarge", gib: 1000));
    }
}
