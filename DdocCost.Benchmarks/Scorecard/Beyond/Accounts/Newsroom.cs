using DdocCost.Jobs.Demo;
using DdocCost.Jobs.Demo.Accounts;
using DdocCost.Jobs.Demo.Calls;
using DdocCost.Jobs.Demo.Trail;

namespace DdocCost.Benchmarks.Scorecard.Beyond.Accounts;

/// <summary>A paper: services grow in the morning and with the news, a search index lives long, editors pause their warehouse at night.</summary>
internal sealed class Newsroom(ulong seed) : AccountLife(new Account(seed, "newsroom", "eu-west-2", ["amal", "britt", "casper", "doro"]))
{
    private const string Cluster = "pages";
    private int tasks = 6;

    public static Caller Deploys(Account account) => Caller.Automation(account, "pages-deploy", "pipeline");

    public override void Begin(Day day, CallLog log)
    {
        log.RegisterTaskDefinition(day.At(0.5), Deploys(Account), "pages", 1024, 2048, 1);
        log.CreateService(day.At(0.6), Deploys(Account), Cluster, "pages", "pages", 1, tasks);
        log.CreateDomain(day.At(0.8), Deploys(Account), "archive", "r6g.large.search", 3, 200);
        log.CreateCluster(day.At(0.9), Deploys(Account), "readers", "ra3.xlplus", 2);
    }

    public override void Live(Day day, CallLog log, Labels labels)
    {
        var dice = log.Dice;
        for (var hour = 5; hour < 24; hour += 2)
        {
            var wanted = 6 + (hour is >= 7 and < 21 ? dice.Whole(0, 6) : 0) + (dice.Chance(0.05) ? 10 : 0);
            if (wanted != tasks)
            {
                log.UpdateService(day.At(hour + dice.Unit()), Deploys(Account), Cluster, "pages", "pages", 1, wanted, tasks);
                tasks = wanted;
            }
        }

        if (day.IsWorkday)
        {
            log.ResumeCluster(day.At(6.5), Somebody(dice), "readers", "ra3.xlplus", 2);
            log.PauseCluster(day.At(dice.Between(18, 20)), Somebody(dice), "readers", "ra3.xlplus", 2);
        }
    }
}
