using DdocCost.Jobs.Demo;
using DdocCost.Jobs.Demo.Accounts;
using DdocCost.Jobs.Demo.Calls;
using DdocCost.Jobs.Demo.Trail;

namespace DdocCost.Benchmarks.Scorecard.Beyond.Accounts;

/// <summary>A film studio: pictures are computed at night, on some nights few and on some many, and artists have a machine each by day.</summary>
internal sealed class RenderFarm(ulong seed) : AccountLife(new Account(seed, "render-farm", "eu-west-1", ["ines", "tomas", "yara", "wim"]))
{
    public static Caller Queue(Account account) => Caller.Automation(account, "render-queue", "farm");

    public override void Live(Day day, CallLog log, Labels labels)
    {
        var dice = log.Dice;
        if (dice.Chance(day.IsWorkday ? 0.85 : 0.3))
        {
            for (var shots = dice.Whole(1, 4); shots > 0; shots--)
            {
                var at = day.At(dice.Between(20, 23));
                var ids = log.RunInstances(at, Queue(Account), "g4dn.xlarge", dice.Whole(2, 6), name: "render");
                log.TerminateInstances(at.AddHours(dice.Between(2, 8)), Queue(Account), ids);
            }
        }

        foreach (var artist in day.IsWorkday ? Account.People : [])
        {
            if (dice.Chance(0.7))
            {
                var (who, at) = (Caller.Person(Account, artist), day.At(dice.Between(7.5, 10)));
                var ids = log.RunInstances(at, who, "g4dn.xlarge", 1, name: "desk-" + artist);
                log.TerminateInstances(at.AddHours(dice.Between(6, 10)), who, ids);
            }
        }
    }
}
