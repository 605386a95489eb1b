using DdocCost.Benchmarks.Scorecard.Beyond.Accounts;
using DdocCost.Jobs.Demo.Calls;
using DdocCost.Jobs.Demo.Incidents;
using DdocCost.Jobs.Demo.Trail;

namespace DdocCost.Benchmarks.Scorecard.Beyond.Incidents;

/// <summary>The spot market is empty, the launcher takes machines at the full price, loses them, and takes them again.</summary>
internal sealed record SpotFallback() : Incident("spot-fallback", "ml-startup", Course.Burst)
{
    public override Damage Play(DateTimeOffset at, CallLog log)
    {
        var (who, ids) = (MlStartup.Launcher(log.Account), new List<string>());
        for (var attempt = 0; attempt < 4; attempt++)
        {
            ids.AddRange(log.RunInstances(at.AddMinutes(attempt * 35), who, MlStartup.Trainer, 2, name: "train"));
        }

        return new Damage(who, ids.Count * 5.672m, (end, repair) => repair.TerminateInstances(end, who, ids));
    }
}
