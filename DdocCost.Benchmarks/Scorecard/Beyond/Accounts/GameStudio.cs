using DdocCost.Jobs.Demo;
using DdocCost.Jobs.Demo.Accounts;
using DdocCost.Jobs.Demo.Calls;
using DdocCost.Jobs.Demo.Trail;

namespace DdocCost.Benchmarks.Scorecard.Beyond.Accounts;

/// <summary>Game servers that follow the players: few by day, many in the evening, twice as many at weekends.</summary>
internal sealed class GameStudio(ulong seed) : AccountLife(new Account(seed, "game-studio", "eu-west-1", ["aino", "mikko", "saga"]))
{
    private readonly Queue<string> servers = new();

    public static Caller Matchmaker(Account account) => Caller.Automation(account, "matchmaker", "fleet-eu");

    public override void Live(Day day, CallLog log, Labels labels)
    {
        for (var hour = 0; hour < 24; hour++)
        {
            var evening = Math.Exp(-Math.Pow(hour - 20, 2) / 9.0);
            var wanted = (int)(3 + ((day.IsWorkday ? 8 : 18) * evening) + log.Dice.Between(0, 2));
            var at = day.At(hour + log.Dice.Between(0, 0.4));
            if (servers.Count < wanted)
            {
                foreach (var id in log.RunInstances(at, Matchmaker(Account), "c6i.2xlarge", wanted - servers.Count, name: "game"))
                {
                    servers.Enqueue(id);
                }
            }

            while (servers.Count > wanted + 1)
            {
                log.TerminateInstances(at = at.AddMinutes(1), Matchmaker(Account), [servers.Dequeue()]);
            }
        }
    }
}
