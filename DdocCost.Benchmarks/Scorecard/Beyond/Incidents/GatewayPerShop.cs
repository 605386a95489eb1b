using DdocCost.Jobs.Demo.Calls;
using DdocCost.Jobs.Demo.Incidents;
using DdocCost.Jobs.Demo.Trail;

namespace DdocCost.Benchmarks.Scorecard.Beyond.Incidents;

/// <summary>A template that every shop shall have makes a gateway for each, one shop every few minutes.</summary>
internal sealed record GatewayPerShop() : Incident("gateway-per-shop", "bakery-chain", Course.Burst)
{
    public override Damage Play(DateTimeOffset at, CallLog log)
    {
        var (who, ids) = (Caller.Automation(log.Account, "shop-template", "run-" + log.Dice.Code(12), Caller.Terraform), new List<string>());
        for (var shop = 0; shop < 40; shop++)
        {
            var address = log.AllocateAddress(at.AddMinutes(shop * 4), who);
            ids.Add(log.CreateNatGateway(at.AddMinutes((shop * 4) + 1), who, address));
        }

        return new Damage(who, 40 * 0.05m, (end, repair) =>
        {
            foreach (var id in ids)
            {
                repair.DeleteNatGateway(end = end.AddSeconds(3), who, id);
            }
        });
    }
}
