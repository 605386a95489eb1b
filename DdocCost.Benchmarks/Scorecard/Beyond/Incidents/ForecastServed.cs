using DdocCost.Jobs.Demo.Calls;
using DdocCost.Jobs.Demo.Incidents;
using DdocCost.Jobs.Demo.Trail;

namespace DdocCost.Benchmarks.Scorecard.Beyond.Incidents;

/// <summary>A forecast that is asked once a day is served by two machines with a graphics card each.</summary>
internal sealed record ForecastServed() : Incident("forecast-served", "bakery-chain", Course.OneCall)
{
    public override Damage Play(DateTimeOffset at, CallLog log)
    {
        var (who, name) = (Caller.Person(log.Account, log.Account.People[2]), "forecast-" + log.Dice.Hex(4));
        log.CreateEndpoint(at, who, name, "ml.g4dn.2xlarge", 2);
        return new Damage(who, 2 * 1.1m, (end, repair) => repair.DeleteEndpoint(end, who, name));
    }
}
