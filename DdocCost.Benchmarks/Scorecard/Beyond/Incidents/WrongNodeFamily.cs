using DdocCost.Jobs.Demo.Calls;
using DdocCost.Jobs.Demo.Incidents;
using DdocCost.Jobs.Demo.Trail;
using DdocCost.Benchmarks.Scorecard.Beyond.Accounts;

namespace DdocCost.Benchmarks.Scorecard.Beyond.Incidents;

/// <summary>A typo in the node pool allows any size: the cluster buys the largest.</summary>
internal sealed record WrongNodeFamily() : Incident("wrong-node-family", "kubernetes-platform", Course.Burst)
{
    public override Damage Play(DateTimeOffset at, CallLog log)
    {
        var (who, ids) = (KubernetesPlatform.Karpenter(log.Account), new List<string>());
        for (var node = 0; node < 8; node++)
        {
            ids.AddRange(log.RunInstances(at.AddMinutes(node * 4), who, "m6i.16xlarge", 1, name: "node"));
        }

        return new Damage(who, ids.Count * 3.072m, (end, repair) => repair.TerminateInstances(end, who, ids));
    }
}
