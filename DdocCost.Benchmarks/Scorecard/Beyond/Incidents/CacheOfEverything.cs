using DdocCost.Jobs.Demo.Calls;
using DdocCost.Jobs.Demo.Incidents;
using DdocCost.Jobs.Demo.Trail;

namespace DdocCost.Benchmarks.Scorecard.Beyond.Incidents;

/// <summary>A cache is created with the shape of a blog post instead of that of a shop.</summary>
internal sealed record CacheOfEverything() : Incident("cache-of-everything", "campaign-shop", Course.OneCall)
{
    public override Damage Play(DateTimeOffset at, CallLog log)
    {
        var (who, name) = (Caller.Person(log.Account, log.Account.People[0]), "cache-" + log.Dice.Hex(4));
        log.CreateReplicationGroup(at, who, name, "cache.r6g.4xlarge", shards: 3, replicas: 1);
        return new Damage(who, 3 * 2 * 1.96m, (end, repair) => repair.DeleteReplicationGroup(end, who, name, "cache.r6g.4xlarge"));
    }
}
