using DdocCost.Jobs.Demo.Calls;
using DdocCost.Jobs.Demo.Incidents;
using DdocCost.Jobs.Demo.Trail;

namespace DdocCost.Benchmarks.Scorecard.Beyond.Incidents;

/// <summary>A notebook with eight graphics cards, for a book that needs one.</summary>
internal sealed record NotebookOfAnother() : Incident("notebook-of-another", "genome-lab", Course.OneCall)
{
    public override Damage Play(DateTimeOffset at, CallLog log)
    {
        var (who, name) = (Caller.Person(log.Account, log.Account.People[1]), "try-" + log.Dice.Hex(4));
        log.CreateNotebookInstance(at, who, name, "ml.g5.12xlarge");
        return new Damage(who, 7.09m, (end, repair) => repair.StopNotebookInstance(end, who, name));
    }
}
