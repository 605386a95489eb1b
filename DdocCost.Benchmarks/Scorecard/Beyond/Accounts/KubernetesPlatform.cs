using DdocCost.Jobs.Demo;
using DdocCost.Jobs.Demo.Accounts;
using DdocCost.Jobs.Demo.Calls;
using DdocCost.Jobs.Demo.Trail;

namespace DdocCost.Benchmarks.Scorecard.Beyond.Accounts;

/// <summary>A cluster that buys and drops nodes of many sizes all day, as pods come and go.</summary>
internal sealed class KubernetesPlatform(ulong seed) : AccountLife(new Account(seed, "kubernetes-platform", "us-east-1", ["imani", "joost", "petra"]))
{
    public static Caller Karpenter(Account account) => Caller.Automation(account, "karpenter-controller", "nodes");

    public override void Live(Day day, CallLog log, Labels labels)
    {
        var dice = log.Dice;
        for (var hour = 0; hour < 24; hour++)
        {
            for (var nodes = dice.Arrivals((hour is >= 8 and < 20 ? 3 : 1) * (day.IsWorkday ? 1 : 0.5)); nodes > 0; nodes--)
            {
                var at = day.At(hour + dice.Unit());
                var ids = log.RunInstances(at, Karpenter(Account), dice.Pick("m6i.large", "m6i.xlarge", "c6i.xlarge", "r6i.xlarge", "m6i.2xlarge"), 1, spot: dice.Chance(0.5), name: "node");
                log.TerminateInstances(at.AddHours(dice.Between(0.3, 14)), Karpenter(Account), ids);
            }
        }

        if (day.IsWorkday && dice.Chance(0.2))
        {
            log.CreateVolume(day.At(dice.Between(8, 16)), TerraformRun(dice), "gp3", dice.Pick(50, 100));
        }
    }
}
