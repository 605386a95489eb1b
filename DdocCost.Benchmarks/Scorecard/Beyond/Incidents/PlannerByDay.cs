using DdocCost.Benchmarks.Scorecard.Beyond.Accounts;
using DdocCost.Jobs.Demo.Calls;
using DdocCost.Jobs.Demo.Incidents;
using DdocCost.Jobs.Demo.Trail;

namespace DdocCost.Benchmarks.Scorecard.Beyond.Incidents;

/// <summary>The night's planning is started by hand with the machines of all shops, and nothing stops them.</summary>
internal sealed record PlannerByDay() : Incident("planner-by-day", "bakery-chain", Course.OneCall)
{
    public override Damage Play(DateTimeOffset at, CallLog log)
    {
        var who = BakeryChain.Planner(log.Account);
        var ids = log.RunInstances(at, who, "c6i.8xlarge", 12, name: "orders");

        // c6i.8xlarge in eu-west-3: 1.616 USD in an hour.
        return new Damage(who, 12 * 1.616m, (end, repair) => repair.TerminateInstances(end, who, ids));
    }
}
