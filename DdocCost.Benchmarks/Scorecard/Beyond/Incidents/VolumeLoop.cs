using DdocCost.Jobs.Demo.Calls;
using DdocCost.Jobs.Demo.Incidents;
using DdocCost.Jobs.Demo.Trail;

namespace DdocCost.Benchmarks.Scorecard.Beyond.Incidents;

/// <summary>A backup script that retries makes a volume at each try.</summary>
internal sealed record VolumeLoop() : Incident("volume-loop", "quiet-bank", Course.Burst)
{
    public override Damage Play(DateTimeOffset at, CallLog log)
    {
        var (who, ids) = (Caller.Automation(log.Account, "backup-runner", "nightly"), new List<string>());
        for (var attempt = 0; attempt < 60; attempt++)
        {
            ids.Add(log.CreateVolume(at.AddMinutes(attempt * 2), who, "gp3", 2000));
        }

        return new Damage(who, 60 * 2000 * 0.088m / 730, (end, repair) =>
        {
            foreach (var id in ids)
            {
                repair.DeleteVolume(end = end.AddSeconds(1), who, id);
            }
        });
    }
}
