using DdocCost.Benchmarks.Scorecard.Beyond.Calls;
using DdocCost.Jobs.Demo.Incidents;
using DdocCost.Jobs.Demo.Trail;

namespace DdocCost.Benchmarks.Scorecard.Beyond.Incidents;

/// <summary>To compare with a model of another maker, its throughput is bought by the hour and used for one evening.</summary>
internal sealed record ModelByTheHour() : Incident("model-by-the-hour", "ml-startup", Course.OneCall)
{
    public override Damage Play(DateTimeOffset at, CallLog log)
    {
        var who = Caller.Person(log.Account, log.Account.People[0]);
        var bought = log.CreateProvisionedModelThroughput(at, who, "compare-" + log.Dice.Hex(4), "amazon.titan-text-express-v1:0:8k", 2);
        return new Damage(who, 2 * 20.5m, (end, repair) => repair.DeleteProvisionedModelThroughput(end, who, bought));
    }
}
