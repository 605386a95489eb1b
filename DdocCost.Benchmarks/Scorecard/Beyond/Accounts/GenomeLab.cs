using DdocCost.Jobs.Demo;
using DdocCost.Jobs.Demo.Accounts;
using DdocCost.Jobs.Demo.Calls;
using DdocCost.Jobs.Demo.Trail;

namespace DdocCost.Benchmarks.Scorecard.Beyond.Accounts;

/// <summary>A laboratory: when samples come, some days apart and never regularly, many machines and disks work for a day and go.</summary>
internal sealed class GenomeLab(ulong seed) : AccountLife(new Account(seed, "genome-lab", "us-east-2", ["hiro", "ingrid", "jamal"]))
{
    public static Caller Pipeline(Account account) => Caller.Automation(account, "nextflow-head", "samples");

    public override void Live(Day day, CallLog log, Labels labels)
    {
        var dice = log.Dice;
        if (dice.Chance(0.3))
        {
            var (at, samples) = (day.At(dice.Between(7, 19)), dice.Whole(1, 6));
            var ids = log.RunInstances(at, Pipeline(Account), "r6i.4xlarge", samples, name: "align");
            List<string> disks = [.. Enumerable.Range(0, samples).Select(i => log.CreateVolume(at.AddMinutes(1 + i), Pipeline(Account), "gp3", 1000))];
            var end = at.AddHours(dice.Between(8, 20));
            log.TerminateInstances(end, Pipeline(Account), ids);
            foreach (var disk in disks)
            {
                log.DeleteVolume(end = end.AddSeconds(5), Pipeline(Account), disk);
            }
        }

        if (day.IsWorkday && dice.Chance(0.5))
        {
            var (who, at) = (Somebody(dice), day.At(dice.Between(8, 15)));
            log.StartNotebookInstance(at, who, "notes-" + Account.People[0]);
            log.StopNotebookInstance(at.AddHours(dice.Between(1, 6)), who, "notes-" + Account.People[0]);
        }
    }

    public override void Begin(Day day, CallLog log) => log.CreateNotebookInstance(day.At(7), Caller.Person(Account, Account.People[0]), "notes-" + Account.People[0], "ml.t3.xlarge");
}
