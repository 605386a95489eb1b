using DdocCost.Jobs.Demo;
using DdocCost.Jobs.Demo.Accounts;
using DdocCost.Jobs.Demo.Calls;
using DdocCost.Jobs.Demo.Trail;

namespace DdocCost.Benchmarks.Scorecard.Beyond.Accounts;

/// <summary>An account in which next to nothing happens: a change a week, and every second Tuesday machines are replaced by patched ones.</summary>
internal sealed class QuietBank(ulong seed) : AccountLife(new Account(seed, "quiet-bank", "eu-west-1", ["greta", "olaf"]))
{
    private IReadOnlyList<string> running = [];

    private Caller Patching => Caller.Automation(Account, "patch-manager", "monthly");

    public override void Begin(Day day, CallLog log)
    {
        running = log.RunInstances(day.At(1), Patching, "m6i.2xlarge", 8, name: "core");
        log.CreateDbInstance(day.At(1.2), Patching, "core", "db.r6g.2xlarge", gib: 500, multiAz: true);
    }

    public override void Live(Day day, CallLog log, Labels labels)
    {
        if (day.Weekday == DayOfWeek.Tuesday && day.Midnight.DayOfYear / 7 % 2 == 0)
        {
            var before = log.EventIds.Count;
            var fresh = log.RunInstances(day.At(22), Patching, "m6i.2xlarge", 8, name: "core");
            labels.Decoy("patched-machines", Account, day.At(22), [.. log.EventIds.Skip(before)]);
            log.TerminateInstances(day.At(23.5), Patching, running);
            running = fresh;
        }

        if (day.IsWorkday && log.Dice.Chance(0.15))
        {
            log.CreateVolume(day.At(log.Dice.Between(9, 15)), Somebody(log.Dice), "gp3", log.Dice.Pick(20, 50, 100));
        }
    }
}
