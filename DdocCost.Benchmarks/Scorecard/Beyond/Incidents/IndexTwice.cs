using DdocCost.Jobs.Demo.Calls;
using DdocCost.Jobs.Demo.Incidents;
using DdocCost.Jobs.Demo.Trail;

namespace DdocCost.Benchmarks.Scorecard.Beyond.Incidents;

/// <summary>A second index is made to try another way to sort, on the nodes of a far larger one.</summary>
internal sealed record IndexTwice() : Incident("index-twice", "newsroom", Course.OneCall)
{
    public override Damage Play(DateTimeOffset at, CallLog log)
    {
        var (who, name) = (Caller.Person(log.Account, log.Account.People[2]), "sort-" + log.Dice.Hex(4));
        log.CreateDomain(at, who, name, "r6g.2xlarge.search", 6, 500);
        return new Damage(who, 6 * 0.76m, (end, repair) => { });
    }
}
