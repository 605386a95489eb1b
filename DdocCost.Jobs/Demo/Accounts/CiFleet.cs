using DdocCost.Jobs.Demo.Calls;
using DdocCost.Jobs.Demo.Trail;

namespace DdocCost.Jobs.Demo.Accounts;

/// <summary>Build workers, each for some minutes, from one role, day and night.</summary>
public sealed class CiFleet(ulong seed) : AccountLife(new Account(seed, "ci-fleet", "us-west-2", ["wanda", "yusuf"]))
{
    /// <summary>The role that launches and ends the workers.</summary>
    public static Caller RunnerManager(Account account) => Caller.Automation(account, "ci-runner-manager", "fleet");

    /// <summary>How many launches an hour has on average.</summary>
    public static double LaunchesAnHour(Day day, int hour) => (hour is >= 7 and < 19 ? 20 : 8) * (day.IsWorkday ? 1 : 0.6);

    /// <inheritdoc/>
    public override void Live(Day day, CallLog log, Labels labels)
    {
        var (dice, manager) = (log.Dice, RunnerManager(Account));
        for (var hour = 0; hour < 24; hour++)
        {
            for (var launches = dice.Arrivals(LaunchesAnHour(day, hour)); launches > 0; launches--)
            {
                var at = day.At(hour + dice.Unit());
                var ids = log.RunInstances(at, manager, dice.Pick("c6i.xlarge", "c6i.xlarge", "c6i.2xlarge"), dice.Pick(1, 1, 2), spot: dice.Chance(0.6), name: "runner");
                log.TerminateInstances(at.AddMinutes(dice.Between(6, 50)), manager, ids);
            }
        }
    }
}
