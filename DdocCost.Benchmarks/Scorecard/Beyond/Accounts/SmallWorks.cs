using DdocCost.Jobs.Demo;
using DdocCost.Jobs.Demo.Accounts;
using DdocCost.Jobs.Demo.Calls;
using DdocCost.Jobs.Demo.Trail;

namespace DdocCost.Benchmarks.Scorecard.Beyond.Accounts;

/// <summary>A factory: machines that are stopped at night and started in the morning, a report on the first shift of Monday, little else.</summary>
internal sealed class SmallWorks(ulong seed) : AccountLife(new Account(seed, "small-works", "eu-north-1", ["kim", "lars", "mona"]))
{
    private IReadOnlyList<string> floor = [];

    public static Caller Clock(Account account) => Caller.Automation(account, "office-hours", "scheduler");

    public override void Begin(Day day, CallLog log) => floor = log.RunInstances(day.At(5), Clock(Account), "m6i.xlarge", 6, name: "floor");

    public override void Live(Day day, CallLog log, Labels labels)
    {
        var dice = log.Dice;
        if (day.IsWorkday)
        {
            if (day.Midnight.DayOfYear % 7 != 0 || dice.Chance(0.9))
            {
                log.StartInstances(day.At(5.5), Clock(Account), floor);
            }

            log.StopInstances(day.At(18.5), Clock(Account), floor);
        }

        if (day.Weekday == DayOfWeek.Monday)
        {
            var ids = log.RunInstances(day.At(4), Clock(Account), "c6i.4xlarge", 4, name: "report");
            log.TerminateInstances(day.At(4 + dice.Between(1, 2)), Clock(Account), ids);
        }

        if (dice.Chance(0.1))
        {
            log.CreateVolume(day.At(dice.Between(8, 16)), Somebody(dice), "gp3", dice.Pick(50, 100));
        }
    }
}
