using DdocCost.Jobs.Demo.Calls;
using DdocCost.Jobs.Demo.Incidents;
using DdocCost.Jobs.Demo.Trail;
using DdocCost.Benchmarks.Scorecard.Beyond.Accounts;

namespace DdocCost.Benchmarks.Scorecard.Beyond.Incidents;

/// <summary>The sale of a day in the week is prepared by hand, twice, and nobody shrinks the shop afterwards.</summary>
internal sealed record SaleLeftOn() : Incident("sale-left-on", "campaign-shop", Course.Drift)
{
    public override Damage Play(DateTimeOffset at, CallLog log)
    {
        var who = CampaignShop.Campaigns(log.Account);
        List<string> ids = [.. log.RunInstances(at, who, "m6i.2xlarge", 12, name: "sale"), .. log.RunInstances(at.AddHours(3), who, "m6i.2xlarge", 12, name: "sale")];
        return new Damage(who, ids.Count * 0.46m, (end, repair) => repair.TerminateInstances(end, who, ids));
    }
}
