using DdocCost.Jobs.Demo.Calls;
using DdocCost.Jobs.Demo.Trail;

namespace DdocCost.Jobs.Demo.Incidents;

/// <summary>A Terraform loop over the wrong list makes a NAT gateway and two endpoints for each of its members.</summary>
public sealed record NetworkSprawl() : Incident("network-sprawl", "platform-team", Course.Burst)
{
    // us-east-1: NAT gateway, its public address, two interface endpoints in three subnets each.
    private const decimal UsdPerHourOfOne = 0.045m + 0.005m + (2 * 3 * 0.01m);

    /// <inheritdoc/>
    public override Damage Play(DateTimeOffset at, CallLog log)
    {
        var terraform = Caller.Automation(log.Account, "terraform-apply", "run-" + log.Dice.Code(12), Caller.Terraform);
        var made = new List<(string Address, string Gateway, string[] Endpoints)>();
        for (var member = 0; member < 36; member++)
        {
            var address = log.AllocateAddress(at, terraform);
            var gateway = log.CreateNatGateway(at.AddSeconds(2), terraform, address);
            string[] endpoints = [log.CreateVpcEndpoint(at.AddSeconds(4), terraform, "ssm", 3), log.CreateVpcEndpoint(at.AddSeconds(5), terraform, "logs", 3)];
            made.Add((address, gateway, endpoints));
            at = at.AddSeconds(8);
        }

        return new Damage(terraform, made.Count * UsdPerHourOfOne, (end, repair) =>
        {
            foreach (var (address, gateway, endpoints) in made)
            {
                repair.DeleteVpcEndpoints(end, terraform, endpoints);
                repair.DeleteNatGateway(end.AddSeconds(1), terraform, gateway);
                repair.ReleaseAddress(end.AddSeconds(3), terraform, address);
                end = end.AddSeconds(4);
            }
        });
    }
}
