using DdocCost.Jobs.Demo.Calls;
using DdocCost.Jobs.Demo.Trail;

namespace DdocCost.Jobs.Demo.Accounts;

/// <summary>Training jobs of known shapes, a larger one every Thursday, notebooks in office hours, a small endpoint.</summary>
public sealed class MlTeam(ulong seed) : AccountLife(new Account(seed, "ml-team", "us-east-1", ["kenji", "noor", "paulina", "samuel"]))
{
    /// <inheritdoc/>
    public override void Begin(Day day, CallLog log)
    {
        var (at, who) = (day.At(0.4), TerraformRun(log.Dice));
        log.CreateEndpoint(at, who, "recommendations", "ml.m5.xlarge", 2);
        foreach (var name in Account.People)
        {
            log.CreateNotebookInstance(at, who, "notebook-" + name, "ml.t3.medium");
            log.StopNotebookInstance(at.AddHours(1), who, "notebook-" + name);
        }
    }

    /// <inheritdoc/>
    public override void Live(Day day, CallLog log, Labels labels)
    {
        if (!day.IsWorkday)
        {
            return;
        }

        foreach (var name in Account.People.Where(_ => log.Dice.Chance(0.7)))
        {
            var who = Caller.Person(Account, name);
            log.StartNotebookInstance(day.At(log.Dice.Between(7, 9.5)), who, "notebook-" + name);
            log.StopNotebookInstance(day.At(log.Dice.Between(15, 18)), who, "notebook-" + name);
            Train(day, who, log);
        }

        if (day.Weekday == DayOfWeek.Thursday)
        {
            var (before, at) = (log.EventIds.Count, day.At(18));
            log.CreateTrainingJob(at, Caller.Automation(Account, "sagemaker-pipelines", "weekly-retrain"), "weekly-" + log.Dice.Hex(6), "ml.g5.2xlarge", 4, maxHours: 6);
            labels.Decoy("weekly-training", Account, at, [log.EventIds[before]]);
        }
    }

    private static void Train(Day day, Caller who, CallLog log)
    {
        var dice = log.Dice;
        var (type, instances) = dice.Chance(0.35) ? ("ml.g5.xlarge", 1) : ("ml.m5.xlarge", dice.Whole(1, 2));
        log.CreateTrainingJob(day.At(dice.Between(8, 17)), who, "train-" + dice.Hex(6), type, instances, maxHours: dice.Pick(1, 2, 4));
    }
}
