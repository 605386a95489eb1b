using DdocCost.Jobs.Demo.Calls;
using DdocCost.Jobs.Demo.Incidents;
using DdocCost.Jobs.Demo.Trail;

namespace DdocCost.Benchmarks.Scorecard.Beyond.Incidents;

/// <summary>A test makes a load balancer at each run and leaves it.</summary>
internal sealed record TestBalancers() : Incident("test-balancers", "agency", Course.Drift)
{
    public override Damage Play(DateTimeOffset at, CallLog log)
    {
        var (who, made) = (Caller.Automation(log.Account, "e2e-tests", "pipeline"), new List<string>());
        for (var run = 0; run < 110; run++)
        {
            made.Add(log.CreateLoadBalancer(at.AddMinutes(run * 9), who, "e2e-" + log.Dice.Hex(5)));
        }

        return new Damage(who, made.Count * 0.0225m, (end, repair) =>
        {
            foreach (var balancer in made)
            {
                repair.DeleteLoadBalancer(end = end.AddSeconds(1), who, balancer);
            }
        });
    }
}
