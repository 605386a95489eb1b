using DdocCost.Benchmarks.Scorecard.Beyond.Calls;
using DdocCost.Jobs.Demo.Incidents;
using DdocCost.Jobs.Demo.Trail;

namespace DdocCost.Benchmarks.Scorecard.Beyond.Incidents;

/// <summary>A template that was written for production gives every team of the tests its own module for keys.</summary>
internal sealed record ModulePerTeam() : Incident("module-per-team", "bank-landscape", Course.Burst)
{
    public override Damage Play(DateTimeOffset at, CallLog log)
    {
        var (who, made) = (Caller.Automation(log.Account, "terraform-apply", "run-" + log.Dice.Code(12), Caller.Terraform), new List<(string Cluster, string Module)>());
        for (var team = 0; team < 6; team++)
        {
            var cluster = "cluster-" + log.Dice.Hex(11);
            made.Add((cluster, log.CreateHsm(at.AddMinutes(team * 6), who, cluster)));
        }

        return new Damage(who, made.Count * 1.59m, (end, repair) => made.ForEach(module => repair.DeleteHsm(end = end.AddSeconds(20), who, module.Cluster, module.Module)));
    }
}
