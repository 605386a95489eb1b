using DdocCost.Jobs.Demo.Calls;
using DdocCost.Jobs.Demo.Incidents;
using DdocCost.Jobs.Demo.Trail;

namespace DdocCost.Benchmarks.Scorecard.Beyond.Incidents;

/// <summary>The count of a module is the number of all teams' machines instead of one team's: Terraform makes them one by one.</summary>
internal sealed record CountOfAll() : Incident("count-of-all", "bank-landscape", Course.Burst)
{
    public override Damage Play(DateTimeOffset at, CallLog log)
    {
        var terraform = Caller.Automation(log.Account, "terraform-apply", "run-" + log.Dice.Code(12), Caller.Terraform);
        List<string> ids = [.. Enumerable.Range(0, 48).SelectMany(n => log.RunInstances(at.AddSeconds(n * 3), terraform, "m6i.xlarge", 1, name: "cards-node"))];
        return new Damage(terraform, ids.Count * 0.222m, (end, repair) => repair.TerminateInstances(end, terraform, ids));
    }
}
