using DdocCost.Jobs.Demo.Calls;
using DdocCost.Jobs.Demo.Incidents;
using DdocCost.Jobs.Demo.Trail;

namespace DdocCost.Benchmarks.Scorecard.Beyond.Incidents;

/// <summary>A sweep over parameters starts a training job for each combination.</summary>
internal sealed record ParameterSweep() : Incident("parameter-sweep", "research-cluster", Course.Burst)
{
    public override Damage Play(DateTimeOffset at, CallLog log)
    {
        var who = Caller.Person(log.Account, log.Account.People[3]);
        for (var job = 0; job < 40; job++)
        {
            log.CreateTrainingJob(at.AddSeconds(job * 20), who, "sweep-" + log.Dice.Hex(6), "ml.g5.2xlarge", 1, maxHours: 24);
        }

        return new Damage(who, 40 * 1.515m, (end, repair) => { });
    }
}
