using DdocCost.Jobs.Demo;
using DdocCost.Jobs.Demo.Accounts;
using DdocCost.Jobs.Demo.Calls;
using DdocCost.Jobs.Demo.Trail;

namespace DdocCost.Benchmarks.Scorecard.Beyond.Accounts;

/// <summary>Computing jobs of very different sizes, at any hour of any day; their machines end with them.</summary>
internal sealed class ResearchCluster(ulong seed) : AccountLife(new Account(seed, "research-cluster", "us-east-1", ["ada", "emmy", "niels", "rosalind"]))
{
    public static Caller Scheduler(Account account) => Caller.Automation(account, "slurm-controller", "head-node");

    public override void Live(Day day, CallLog log, Labels labels)
    {
        var dice = log.Dice;
        for (var jobs = dice.Arrivals(3); jobs > 0; jobs--)
        {
            var (at, nodes) = (day.At(dice.Between(0, 24)), dice.Pick(2, 2, 4, 4, 8, 8, 16, 32));
            var ids = log.RunInstances(at, Scheduler(Account), "c6i.4xlarge", nodes, name: "compute");
            log.TerminateInstances(at.AddHours(dice.Between(0.5, 7)), Scheduler(Account), ids);
        }

        if (dice.Chance(0.3))
        {
            log.CreateTrainingJob(day.At(dice.Between(7, 20)), Somebody(dice), "fit-" + dice.Hex(5), "ml.g5.xlarge", 1, maxHours: dice.Pick(2, 4, 8));
        }
    }
}
