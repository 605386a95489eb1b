using DdocCost.Jobs.Demo.Calls;
using DdocCost.Jobs.Demo.Incidents;
using DdocCost.Jobs.Demo.Trail;

namespace DdocCost.Benchmarks.Scorecard.Beyond.Incidents;

/// <summary>A loop over trials deploys an endpoint for each and deletes none.</summary>
internal sealed record EndpointPerTrial() : Incident("endpoint-per-trial", "research-cluster", Course.Burst)
{
    public override Damage Play(DateTimeOffset at, CallLog log)
    {
        var (who, names) = (Caller.Person(log.Account, log.Account.People[1]), new List<string>());
        for (var trial = 0; trial < 14; trial++)
        {
            names.Add("trial-" + log.Dice.Hex(5));
            log.CreateEndpoint(at.AddMinutes(trial * 25), who, names[^1], "ml.g5.xlarge", 1);
        }

        return new Damage(who, 14 * 1.408m, (end, repair) =>
        {
            foreach (var name in names)
            {
                repair.DeleteEndpoint(end = end.AddSeconds(2), who, name);
            }
        });
    }
}
