using DdocCost.Jobs.Demo;
using DdocCost.Jobs.Demo.Accounts;
using DdocCost.Jobs.Demo.Calls;
using DdocCost.Jobs.Demo.Trail;

namespace DdocCost.Benchmarks.Scorecard.Beyond.Accounts;

/// <summary>Pictures and letters of a hospital: disks are added as they fill, machines stay for months, a nightly job makes reports.</summary>
internal sealed class HospitalArchive(ulong seed) : AccountLife(new Account(seed, "hospital-archive", "eu-central-1", ["hanna", "levi", "noor"]))
{
    private Caller Reports => Caller.Automation(Account, "nightly-reports", "batch");

    public override void Begin(Day day, CallLog log)
    {
        log.RunInstances(day.At(1), TerraformRun(log.Dice), "m6i.xlarge", 4, name: "archive");
        log.CreateDbInstance(day.At(1.1), TerraformRun(log.Dice), "letters", "db.r6g.large", gib: 300, multiAz: true);
    }

    public override void Live(Day day, CallLog log, Labels labels)
    {
        var dice = log.Dice;
        var at = day.At(dice.Between(1.5, 1.7));
        var ids = log.RunInstances(at, Reports, "m6i.large", 2, name: "reports");
        log.TerminateInstances(at.AddHours(dice.Between(0.8, 1.6)), Reports, ids);
        if (dice.Chance(day.IsWorkday ? 0.5 : 0.1))
        {
            log.CreateVolume(day.At(dice.Between(8, 17)), Somebody(dice), "gp3", dice.Pick(100, 200, 500));
        }

        if (day.IsWorkday && dice.Chance(0.25))
        {
            var (who, from) = (Somebody(dice), day.At(dice.Between(8, 15)));
            log.TerminateInstances(from.AddHours(dice.Between(1, 5)), who, log.RunInstances(from, who, "t3.large", 1, name: "look"));
        }
    }
}
