using DdocCost.Jobs.Demo.Calls;
using DdocCost.Jobs.Demo.Trail;

namespace DdocCost.Jobs.Demo.Accounts;

/// <summary>People try things in working hours; a janitor ends in the evening what they left behind.</summary>
public sealed class DeveloperSandbox(ulong seed)
    : AccountLife(new Account(seed, "developer-sandbox", "eu-central-1", ["amara", "benedikt", "chiara", "dmitri", "elif", "freya"]))
{
    private Caller Janitor => Caller.Automation(Account, "sandbox-janitor", "evening-sweep");

    /// <inheritdoc/>
    public override void Live(Day day, CallLog log, Labels labels)
    {
        if (!day.IsWorkday)
        {
            return;
        }

        var left = new List<string>();
        foreach (var name in Account.People)
        {
            var who = Caller.Person(Account, name);
            for (var tries = log.Dice.Arrivals(1.5); tries > 0; tries--)
            {
                Try(day.At(log.Dice.Between(7.5, 15)), who, left, log);
            }
        }

        if (left.Count > 0)
        {
            log.TerminateInstances(day.At(19.5), Janitor, left);
        }

        Mishaps(day, log, labels);
    }

    private static void Try(DateTimeOffset at, Caller who, List<string> left, CallLog log)
    {
        var dice = log.Dice;
        if (dice.Chance(0.12))
        {
            var volume = log.CreateVolume(at, who, "gp3", dice.Pick(20, 50, 100, 200));
            log.DeleteVolume(at.AddHours(dice.Between(1, 30)), who, volume);
            return;
        }

        var ids = log.RunInstances(at, who, dice.Pick("t3.micro", "t3.medium", "t3.medium", "t3.large", "m6i.large", "m6i.xlarge"), dice.Pick(1, 1, 1, 2));
        if (dice.Chance(0.7))
        {
            log.TerminateInstances(at.AddHours(dice.Between(0.3, 4)), who, ids);
        }
        else
        {
            left.AddRange(ids);
        }
    }

    /// <summary>What looks alarming and costs nothing, or next to nothing.</summary>
    private void Mishaps(Day day, CallLog log, Labels labels)
    {
        var dice = log.Dice;
        if (dice.Chance(0.15))
        {
            var before = log.EventIds.Count;
            log.RunInstances(day.At(dice.Between(8, 16)), Somebody(dice), "p4d.24xlarge", 4, refused: dice.Pick(Refusal.Unauthorized, Refusal.DryRun, Refusal.QuotaExceeded, Refusal.NoCapacity));
            labels.Decoy("refused-launch", Account, day.At(8), [log.EventIds[before]]);
        }

        if (dice.Chance(0.08))
        {
            var (before, at) = (log.EventIds.Count, day.At(dice.Between(9, 11)));
            var newcomer = Caller.Person(Account, "trainee" + dice.Whole(10, 99));
            var ids = log.RunInstances(at, newcomer, "t3.medium", 1);
            labels.Decoy("first-day-of-a-trainee", Account, at, [log.EventIds[before]]);
            log.TerminateInstances(at.AddHours(4), newcomer, ids);
        }
    }
}
