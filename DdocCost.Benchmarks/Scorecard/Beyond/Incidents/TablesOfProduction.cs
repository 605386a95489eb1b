using DdocCost.Jobs.Demo.Calls;
using DdocCost.Jobs.Demo.Incidents;
using DdocCost.Jobs.Demo.Trail;

namespace DdocCost.Benchmarks.Scorecard.Beyond.Incidents;

/// <summary>A test copies the tables of production, with their provisioned capacity.</summary>
internal sealed record TablesOfProduction() : Incident("tables-of-production", "quiet-bank", Course.Burst)
{
    public override Damage Play(DateTimeOffset at, CallLog log)
    {
        var who = Caller.Person(log.Account, log.Account.People[0]);
        for (var table = 0; table < 8; table++)
        {
            log.CreateTable(at.AddSeconds(table * 15), who, "copy-" + log.Dice.Hex(4), 3000, 2000);
        }

        // us-east-1 prices: 0.00013 USD for a read, 0.00065 for a write capacity unit and hour.
        return new Damage(who, 8 * ((3000 * 0.000147m) + (2000 * 0.000735m)), (end, repair) => { });
    }
}
