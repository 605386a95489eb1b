using DdocCost.Jobs.Demo;
using DdocCost.Jobs.Demo.Accounts;
using DdocCost.Jobs.Demo.Calls;
using DdocCost.Jobs.Demo.Trail;

namespace DdocCost.Benchmarks.Scorecard.Beyond.Accounts;

/// <summary>
/// A chair of a university in its term: a practical every Tuesday, more students each week, all of them in the days before work is due,
/// and researchers who compute when they have an idea.
/// </summary>
internal sealed class UniversityLab(ulong seed) : AccountLife(new Account(seed, "university-lab", "eu-west-1", ["anke", "bruno", "carla"]))
{
    private static readonly DateTimeOffset Term = new(2026, 9, 7, 0, 0, 0, TimeSpan.Zero);

    private Caller Rooms => Caller.Automation(Account, "course-rooms", "timetable");

    public override void Begin(Day day, CallLog log)
    {
        log.RunInstances(day.At(6), TerraformRun(log.Dice), "m6i.large", 2, name: "portal");
        log.CreateDbInstance(day.At(6.2), TerraformRun(log.Dice), "portal", "db.m6g.large", gib: 100);
    }

    public override void Live(Day day, CallLog log, Labels labels)
    {
        var dice = log.Dice;
        if (day.Weekday == DayOfWeek.Tuesday)
        {
            var room = log.RunInstances(day.At(dice.Between(9.6, 9.9)), Rooms, "t3.medium", dice.Whole(20, 28), name: "practical");
            log.TerminateInstances(day.At(dice.Between(12.2, 13)), Rooms, room);
        }

        var week = (day.Midnight - Term).Days / 7;
        var due = week % 2 == 1 && day.Weekday is DayOfWeek.Wednesday or DayOfWeek.Thursday;
        var before = log.EventIds.Count;
        for (var students = dice.Arrivals((due ? 14 : day.IsWorkday ? 4 : 1.5) * (1 + (0.1 * week))); students > 0; students--)
        {
            Homework(day.At(dice.Between(13, 22.5)), Caller.Person(Account, "s" + dice.Whole(100, 160)), log);
        }

        if (due)
        {
            labels.Decoy("work-is-due", Account, day.At(13), [.. log.EventIds.Skip(before)]);
        }

        for (var ideas = dice.Arrivals(day.IsWorkday ? 0.5 : 0.2); ideas > 0; ideas--)
        {
            var (who, at) = (Somebody(dice), day.At(dice.Between(9, 21)));
            var ids = log.RunInstances(at, who, dice.Pick("c6i.4xlarge", "c6i.8xlarge", "g4dn.xlarge"), dice.Pick(1, 1, 2), name: "simulation");
            log.TerminateInstances(at.AddHours(dice.Between(2, 26)), who, ids);
        }
    }

    /// <summary>Some hours; who forgets the machine ends it the next day.</summary>
    private static void Homework(DateTimeOffset at, Caller student, CallLog log)
    {
        var ids = log.RunInstances(at, student, log.Dice.Pick("t3.medium", "t3.large", "m6i.large"), 1, name: "homework");
        log.TerminateInstances(at.AddHours(log.Dice.Chance(0.9) ? log.Dice.Between(0.5, 6) : log.Dice.Between(12, 24)), student, ids);
    }
}
