using DdocCost.Benchmarks.Scorecard.Beyond.Calls;
using DdocCost.Jobs.Demo;
using DdocCost.Jobs.Demo.Accounts;
using DdocCost.Jobs.Demo.Calls;
using DdocCost.Jobs.Demo.Trail;

namespace DdocCost.Benchmarks.Scorecard.Beyond.Accounts;

/// <summary>
/// A young firm that trains on spot machines, a little more every week: trainings are interrupted and begin again with fewer, a release
/// replaces the endpoint, people have a machine with a graphics card by day and forget it for a night now and then.
/// </summary>
internal sealed class MlStartup(ulong seed) : AccountLife(new Account(seed, "ml-startup", "us-west-2", ["aiko", "dario", "leila", "mateus"]))
{
    public const string Trainer = "g5.12xlarge";
    public const int ScratchGib = 4800;
    private static readonly DateTimeOffset Founded = new(2026, 9, 7, 0, 0, 0, TimeSpan.Zero);

    private string endpoint = "assist-1";
    private int release = 1;

    public static Caller Launcher(Account account) => Caller.Automation(account, "train-launcher", "queue");

    public override void Begin(Day day, CallLog log) => log.CreateEndpoint(day.At(1), TerraformRun(log.Dice), endpoint, "ml.g5.xlarge", 2);

    public override void Live(Day day, CallLog log, Labels labels)
    {
        var dice = log.Dice;
        for (var trainings = dice.Arrivals((day.IsWorkday ? 1.3 : 0.8) * (1 + (0.015 * (day.Midnight - Founded).Days))); trainings > 0; trainings--)
        {
            Train(day.At(dice.Between(0, 24)), dice.Pick(1, 2, 2, 3), dice.Between(3, 11), log);
        }

        if (day.Weekday == DayOfWeek.Friday && (day.Midnight - Founded).Days / 7 % 2 == 1)
        {
            var before = log.EventIds.Count;
            var ids = log.RunInstances(day.At(19), Launcher(Account), Trainer, 6, spot: true, name: "great-model");
            labels.Decoy("great-model", Account, day.At(19), [.. log.EventIds.Skip(before)]);
            log.TerminateInstances(day.At(24 + dice.Between(10, 20)), Launcher(Account), ids);
        }

        if (day.Weekday == DayOfWeek.Wednesday && dice.Chance(0.8))
        {
            Release(day.At(dice.Between(9, 15)), log);
        }

        foreach (var name in Account.People.Where(_ => day.IsWorkday && dice.Chance(0.55)))
        {
            var (who, at) = (Caller.Person(Account, name), day.At(dice.Between(15, 18)));
            var ids = log.RunInstances(at, who, dice.Pick("g5.xlarge", "g5.xlarge", "g5.2xlarge"), 1, name: "dev-" + name);
            log.TerminateInstances(at.AddHours(dice.Chance(0.85) ? dice.Between(2, 9) : dice.Between(14, 22)), who, ids);
        }
    }

    /// <summary>A file system for the data, machines from the spot market; what AWS takes back is launched anew, with one less.</summary>
    private void Train(DateTimeOffset at, int machines, double hours, CallLog log)
    {
        var scratch = log.CreateScratch(at, Launcher(Account), ScratchGib);
        var ids = log.RunInstances(at.AddMinutes(9), Launcher(Account), Trainer, machines, spot: true, name: "train");
        if (machines > 1 && log.Dice.Chance(0.3))
        {
            at = at.AddHours(log.Dice.Between(0.5, 3));
            log.TerminateInstances(at, Launcher(Account), ids);
            ids = log.RunInstances(at.AddMinutes(4), Launcher(Account), Trainer, machines - 1, spot: true, name: "train");
        }

        log.TerminateInstances(at.AddHours(hours), Launcher(Account), ids);
        log.DeleteFileSystem(at.AddHours(hours).AddMinutes(6), Launcher(Account), scratch);
    }

    private void Release(DateTimeOffset at, CallLog log)
    {
        var (who, former) = (Caller.Automation(Account, "model-release", "pipeline"), endpoint);
        log.CreateEndpoint(at, who, endpoint = $"assist-{++release}", "ml.g5.xlarge", 2);
        log.DeleteEndpoint(at.AddHours(log.Dice.Between(0.5, 6)), who, former);
    }
}
