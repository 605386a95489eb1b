using DdocCost.Jobs.Demo;
using DdocCost.Jobs.Demo.Accounts;
using DdocCost.Jobs.Demo.Calls;
using DdocCost.Jobs.Demo.Trail;

namespace DdocCost.Benchmarks.Scorecard.Beyond.Accounts;

/// <summary>Shops that sell bread: orders are planned every night, forecasts are trained twice a week, a data clerk tries things by day.</summary>
internal sealed class BakeryChain(ulong seed) : AccountLife(new Account(seed, "bakery-chain", "eu-west-3", ["nora", "olu", "pia"]))
{
    public static Caller Planner(Account account) => Caller.Automation(account, "order-planner", "night");

    public override void Live(Day day, CallLog log, Labels labels)
    {
        var dice = log.Dice;
        var at = day.At(1 + (0.2 * dice.Unit()));
        var ids = log.RunInstances(at, Planner(Account), "c6i.8xlarge", 3, name: "orders");
        log.TerminateInstances(at.AddHours(dice.Between(1, 3)), Planner(Account), ids);
        if (day.Weekday is DayOfWeek.Tuesday or DayOfWeek.Friday)
        {
            log.CreateTrainingJob(day.At(3), Planner(Account), "bread-" + dice.Hex(6), "ml.m5.4xlarge", 2, 6);
        }

        if (day.IsWorkday && dice.Chance(0.4))
        {
            var (who, start) = (Somebody(dice), day.At(dice.Between(8, 14)));
            var machine = log.RunInstances(start, who, "m6i.large", 1, name: "try");
            log.TerminateInstances(start.AddHours(dice.Between(1, 5)), who, machine);
        }
    }
}
