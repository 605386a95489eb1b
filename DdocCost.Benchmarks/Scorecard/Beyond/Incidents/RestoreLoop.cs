using DdocCost.Benchmarks.Scorecard.Beyond.Accounts;
using DdocCost.Benchmarks.Scorecard.Beyond.Calls;
using DdocCost.Jobs.Demo.Calls;
using DdocCost.Jobs.Demo.Incidents;
using DdocCost.Jobs.Demo.Trail;

namespace DdocCost.Benchmarks.Scorecard.Beyond.Incidents;

/// <summary>The night's restore takes longer than its time limit: it is begun again and again under another name, and each of them comes up.</summary>
internal sealed record RestoreLoop() : Incident("restore-loop", "parcel-logistics", Course.Burst)
{
    public override Damage Play(DateTimeOffset at, CallLog log)
    {
        var (who, names) = (ParcelLogistics.Restore(log.Account), new List<string>());
        for (var attempt = 0; attempt < 14; attempt++)
        {
            names.Add("report-" + log.Dice.Hex(6));
            log.RestoreDbInstance(at.AddMinutes(attempt * 20), who, names[^1], $"orders-{at:MMdd}", "db.r6g.xlarge", 500);
        }

        // db.r6g.xlarge in eu-central-1, and 500 GiB of gp3.
        return new Damage(who, names.Count * (0.549m + (500 * 0.137m / 730)), (end, repair) =>
        {
            foreach (var name in names)
            {
                repair.DeleteDbInstance(end = end.AddSeconds(10), who, name, "db.r6g.xlarge", gib: 500);
            }
        });
    }
}
