using DdocCost.Jobs.Demo;
using DdocCost.Jobs.Demo.Accounts;
using DdocCost.Jobs.Demo.Calls;
using DdocCost.Jobs.Demo.Trail;

namespace DdocCost.Benchmarks.Scorecard.Beyond.Accounts;

/// <summary>An agency with many clients: small sites in many regions by people who come and go.</summary>
internal sealed class Agency(ulong seed) : AccountLife(new Account(seed, "agency", "us-west-2", ["bea", "cleo", "dunja", "ezra", "finn"]))
{
    public override void Live(Day day, CallLog log, Labels labels)
    {
        var dice = log.Dice;
        for (var sites = dice.Arrivals(day.IsWorkday ? 4 : 0.5); sites > 0; sites--)
        {
            var (who, at) = (dice.Chance(0.75) ? Somebody(dice) : Caller.Person(Account, "temp" + dice.Whole(1, 60)), day.At(dice.Between(7, 20)));
            var region = dice.Pick("us-west-2", "us-west-2", "us-east-1", "eu-west-1", "ap-southeast-2");
            switch (dice.Whole(0, 3))
            {
                case 0:
                    log.CreateDbInstance(at, who, "site-" + dice.Hex(5), "db.t3.medium", gib: 20);
                    break;
                case 1:
                    log.CreateLoadBalancer(at, who, "site-" + dice.Hex(5));
                    break;
                default:
                    var ids = log.RunInstances(at, who, dice.Pick("t3.micro", "t3.medium", "t3.large", "m6i.large"), dice.Whole(1, 2), region);
                    log.TerminateInstances(at.AddHours(dice.Between(2, 300)), who, ids, region);
                    break;
            }
        }
    }
}
