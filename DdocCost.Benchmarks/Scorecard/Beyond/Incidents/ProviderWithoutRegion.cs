using DdocCost.Jobs.Demo.Calls;
using DdocCost.Jobs.Demo.Incidents;
using DdocCost.Jobs.Demo.Trail;

namespace DdocCost.Benchmarks.Scorecard.Beyond.Incidents;

/// <summary>A provider without its region: the gateways of all depots come up once more, an ocean away, where nobody looks.</summary>
internal sealed record ProviderWithoutRegion() : Incident("provider-without-region", "parcel-logistics", Course.Burst)
{
    private const string Region = "us-east-1";

    public override Damage Play(DateTimeOffset at, CallLog log)
    {
        var (terraform, gateways) = (Caller.Automation(log.Account, "terraform-apply", "run-" + log.Dice.Code(12), Caller.Terraform), new List<string>());
        for (var zone = 0; zone < 3; zone++)
        {
            gateways.Add(log.CreateNatGateway(at.AddSeconds(4 + zone), terraform, log.AllocateAddress(at.AddSeconds(zone), terraform, Region), Region));
        }

        List<string> machines = [.. Enumerable.Range(0, 14).SelectMany(depot => log.RunInstances(at.AddSeconds(30 + (depot * 5)), terraform, "m6i.2xlarge", 1, Region, name: "depot-gateway"))];
        return new Damage(terraform, (3 * 0.05m) + (machines.Count * 0.384m), (end, repair) =>
        {
            repair.TerminateInstances(end, terraform, machines, Region);
            gateways.ForEach(gateway => repair.DeleteNatGateway(end.AddMinutes(1), terraform, gateway, Region));
        });
    }
}
