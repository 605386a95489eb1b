using DdocCost.Jobs.Demo.Calls;
using DdocCost.Jobs.Demo.Incidents;
using DdocCost.Jobs.Demo.Trail;
using DdocCost.Benchmarks.Scorecard.Beyond.Accounts;

namespace DdocCost.Benchmarks.Scorecard.Beyond.Incidents;

/// <summary>A second service of a test is deployed with ten times the tasks, under the name of a branch.</summary>
internal sealed record TasksTimesTen() : Incident("tasks-times-ten", "newsroom", Course.OneCall)
{
    public override Damage Play(DateTimeOffset at, CallLog log)
    {
        var (who, name) = (Newsroom.Deploys(log.Account), "branch-" + log.Dice.Hex(4));
        log.RegisterTaskDefinition(at, who, name, 1024, 2048, 1);
        log.CreateService(at.AddSeconds(20), who, "pages", name, name, 1, 120);

        // Fargate in eu-west-2: 0.04656 USD for a vCPU and 0.00511 USD for a GiB in an hour.
        return new Damage(who, 120 * (0.04656m + (2 * 0.00511m)), (end, repair) => repair.DeleteService(end, who, "pages", name, name, 1));
    }
}
