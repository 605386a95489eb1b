using DdocCost.Jobs.Demo.Calls;
using DdocCost.Jobs.Demo.Incidents;
using DdocCost.Jobs.Demo.Trail;
using DdocCost.Benchmarks.Scorecard.Beyond.Accounts;

namespace DdocCost.Benchmarks.Scorecard.Beyond.Incidents;

/// <summary>After an update the matchmaker forgets the servers of the evening: each day adds some that nobody ends.</summary>
internal sealed record StuckScaleIn() : Incident("stuck-scale-in", "game-studio", Course.Drift)
{
    public override Damage Play(DateTimeOffset at, CallLog log)
    {
        var (who, ids) = (GameStudio.Matchmaker(log.Account), new List<string>());
        for (var day = 0; day < 2; day++)
        {
            for (var step = 0; step < 12; step++)
            {
                ids.AddRange(log.RunInstances(at.AddHours((day * 24) + (step * 0.5)), who, "c6i.2xlarge", 2, name: "game"));
            }
        }

        return new Damage(who, ids.Count * 0.364m, (end, repair) => repair.TerminateInstances(end, who, ids));
    }
}
