using DdocCost.Jobs.Demo.Calls;
using DdocCost.Jobs.Demo.Incidents;
using DdocCost.Jobs.Demo.Trail;

namespace DdocCost.Benchmarks.Scorecard.Beyond.Incidents;

/// <summary>A student's key was published with the homework. Who found it launches two machines every few hours, for two days, to stay unseen.</summary>
internal sealed record KeyUsedSlowly() : Incident("key-used-slowly", "university-lab", Course.Drift)
{
    public override Damage Play(DateTimeOffset at, CallLog log)
    {
        var (thief, ids) = (Caller.User(log.Account, "homework-upload", "198.51.100.201"), new List<string>());
        for (var launch = 0; launch < 9; launch++)
        {
            ids.AddRange(log.RunInstances(at, thief, "g4dn.2xlarge", 2));
            at = at.AddHours(log.Dice.Between(4, 7));
        }

        return new Damage(thief, ids.Count * 0.838m, (end, repair) => repair.TerminateInstances(end, thief, ids));
    }
}
