using DdocCost.Jobs.Demo.Calls;
using DdocCost.Jobs.Demo.Incidents;
using DdocCost.Jobs.Demo.Trail;

namespace DdocCost.Benchmarks.Scorecard.Beyond.Incidents;

/// <summary>A script moves old pictures to new disks, of the fastest kind there is.</summary>
internal sealed record WrongDiskForArchive() : Incident("wrong-disk-for-archive", "hospital-archive", Course.Burst)
{
    public override Damage Play(DateTimeOffset at, CallLog log)
    {
        var (who, ids) = (Caller.Automation(log.Account, "archive-mover", "once"), new List<string>());
        for (var disk = 0; disk < 6; disk++)
        {
            ids.Add(log.CreateVolume(at.AddMinutes(disk * 4), who, "io2", 1000, iops: 16_000));
        }

        // us-east-1: 0.125 USD a GiB and 0.065 USD an IOPS in a month, eu-central-1 is dearer.
        return new Damage(who, 6 * ((1000 * 0.149m) + (16_000 * 0.078m)) / 730, (end, repair) =>
        {
            foreach (var id in ids)
            {
                repair.DeleteVolume(end = end.AddSeconds(1), who, id);
            }
        });
    }
}
