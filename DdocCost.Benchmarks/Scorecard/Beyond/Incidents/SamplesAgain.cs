using DdocCost.Jobs.Demo.Calls;
using DdocCost.Jobs.Demo.Incidents;
using DdocCost.Jobs.Demo.Trail;
using DdocCost.Benchmarks.Scorecard.Beyond.Accounts;

namespace DdocCost.Benchmarks.Scorecard.Beyond.Incidents;

/// <summary>A pipeline that fails at its last step begins again each hour and leaves its machines.</summary>
internal sealed record SamplesAgain() : Incident("samples-again", "genome-lab", Course.Burst)
{
    public override Damage Play(DateTimeOffset at, CallLog log)
    {
        var (who, ids) = (GenomeLab.Pipeline(log.Account), new List<string>());
        for (var attempt = 0; attempt < 8; attempt++)
        {
            ids.AddRange(log.RunInstances(at.AddHours(attempt), who, "r6i.4xlarge", 4, name: "align"));
        }

        return new Damage(who, ids.Count * 1.008m, (end, repair) => repair.TerminateInstances(end, who, ids));
    }
}
