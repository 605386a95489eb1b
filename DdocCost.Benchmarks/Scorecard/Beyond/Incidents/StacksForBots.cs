using DdocCost.Benchmarks.Scorecard.Beyond.Accounts;
using DdocCost.Jobs.Demo.Calls;
using DdocCost.Jobs.Demo.Incidents;
using DdocCost.Jobs.Demo.Trail;

namespace DdocCost.Benchmarks.Scorecard.Beyond.Incidents;

/// <summary>The form to try the product is found by bots: a stack for each of them, all night.</summary>
internal sealed record StacksForBots() : Incident("stacks-for-bots", "saas-per-customer", Course.Burst)
{
    public override Damage Play(DateTimeOffset at, CallLog log)
    {
        var (who, made) = (SaasPerCustomer.Provisioner(log.Account), new List<(string Name, string Balancer)>());
        for (var bot = 0; bot < 45; bot++)
        {
            var name = "customer-" + log.Dice.Hex(6);
            made.Add((name, SaasPerCustomer.Stack(at, who, name, 1, log)));
            at = at.AddMinutes(log.Dice.Between(2, 14));
        }

        return new Damage(who, made.Count * SaasPerCustomer.UsdPerHour, (end, repair) =>
        {
            foreach (var (name, balancer) in made)
            {
                repair.DeleteService(end = end.AddSeconds(5), who, SaasPerCustomer.Cluster, name, "app", 1);
                repair.DeleteLoadBalancer(end.AddSeconds(1), who, balancer);
                repair.DeleteDbInstance(end.AddSeconds(2), who, name, SaasPerCustomer.DatabaseClass, gib: 50);
            }
        });
    }
}
