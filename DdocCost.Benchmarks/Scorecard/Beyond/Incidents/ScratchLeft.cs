using DdocCost.Benchmarks.Scorecard.Beyond.Accounts;
using DdocCost.Benchmarks.Scorecard.Beyond.Calls;
using DdocCost.Jobs.Demo.Incidents;
using DdocCost.Jobs.Demo.Trail;

namespace DdocCost.Benchmarks.Scorecard.Beyond.Incidents;

/// <summary>The step that deletes the file system of a training is lost in a change: each training of two days leaves its own.</summary>
internal sealed record ScratchLeft() : Incident("scratch-left", "ml-startup", Course.Drift)
{
    public override Damage Play(DateTimeOffset at, CallLog log)
    {
        var (who, ids) = (MlStartup.Launcher(log.Account), new List<string>());
        for (var training = 0; training < 12; training++)
        {
            ids.Add(log.CreateScratch(at, who, MlStartup.ScratchGib));
            at = at.AddHours(log.Dice.Between(2, 6));
        }

        return new Damage(who, ids.Count * MlStartup.ScratchGib * 0.14m / 730, (end, repair) => ids.ForEach(id => repair.DeleteFileSystem(end = end.AddSeconds(5), who, id)));
    }
}
