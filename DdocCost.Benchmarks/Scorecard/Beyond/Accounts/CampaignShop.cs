using DdocCost.Jobs.Demo;
using DdocCost.Jobs.Demo.Accounts;
using DdocCost.Jobs.Demo.Calls;
using DdocCost.Jobs.Demo.Trail;

namespace DdocCost.Benchmarks.Scorecard.Beyond.Accounts;

/// <summary>A shop that grows every Friday noon for its weekend sale and shrinks on Sunday night.</summary>
internal sealed class CampaignShop(ulong seed) : AccountLife(new Account(seed, "campaign-shop", "eu-central-1", ["klara", "pavel"]))
{
    public static Caller Campaigns(Account account) => Caller.Automation(account, "campaign-scaler", "weekly-sale");

    public override void Live(Day day, CallLog log, Labels labels)
    {
        var dice = log.Dice;
        if (day.Weekday == DayOfWeek.Friday)
        {
            var before = log.EventIds.Count;
            var ids = log.RunInstances(day.At(dice.Between(11.8, 12.2)), Campaigns(Account), "m6i.2xlarge", 12, name: "sale");
            labels.Decoy("weekend-sale", Account, day.At(12), [.. log.EventIds.Skip(before)]);
            log.TerminateInstances(day.At(48 + dice.Between(23, 23.9)), Campaigns(Account), ids);
        }

        if (day.IsWorkday && dice.Chance(0.4))
        {
            var (who, at) = (Somebody(dice), day.At(dice.Between(8, 16)));
            var ids = log.RunInstances(at, who, dice.Pick("t3.large", "m6i.large"), 1, name: "staging");
            log.TerminateInstances(at.AddHours(dice.Between(1, 9)), who, ids);
        }
    }
}
