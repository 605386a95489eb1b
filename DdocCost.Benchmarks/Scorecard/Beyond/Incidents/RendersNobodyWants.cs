using DdocCost.Jobs.Demo.Calls;
using DdocCost.Jobs.Demo.Incidents;
using DdocCost.Jobs.Demo.Trail;

namespace DdocCost.Benchmarks.Scorecard.Beyond.Incidents;

/// <summary>A job of the queue is sent again and again in the middle of the day, and its machines wait for pictures that never come.</summary>
internal sealed record RendersNobodyWants() : Incident("renders-nobody-wants", "render-farm", Course.Burst)
{
    public override Damage Play(DateTimeOffset at, CallLog log)
    {
        var (who, ids) = (Accounts.RenderFarm.Queue(log.Account), new List<string>());
        for (var again = 0; again < 10; again++)
        {
            ids.AddRange(log.RunInstances(at.AddMinutes(again * 6), who, "g4dn.xlarge", 4, name: "render"));
        }

        return new Damage(who, ids.Count * 0.587m, (end, repair) => repair.TerminateInstances(end, who, ids));
    }
}
