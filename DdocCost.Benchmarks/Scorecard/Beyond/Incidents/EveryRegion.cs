using DdocCost.Jobs.Demo.Calls;
using DdocCost.Jobs.Demo.Incidents;
using DdocCost.Jobs.Demo.Trail;

namespace DdocCost.Benchmarks.Scorecard.Beyond.Incidents;

/// <summary>A pipeline that knows all regions applies one environment in each of them.</summary>
internal sealed record EveryRegion() : Incident("every-region", "kubernetes-platform", Course.Burst)
{
    public override Damage Play(DateTimeOffset at, CallLog log)
    {
        var terraform = Caller.Automation(log.Account, "terraform-apply", "run-" + log.Dice.Code(12), Caller.Terraform);
        var made = new List<(string Region, IReadOnlyList<string> Ids)>();
        foreach (var region in new[] { "eu-west-1", "eu-central-1", "ap-southeast-1", "ap-southeast-2", "us-west-2", "sa-east-1" })
        {
            made.Add((region, log.RunInstances(at, terraform, "m6i.2xlarge", 6, region, name: "platform")));
            at = at.AddMinutes(2);
        }

        return new Damage(terraform, 6 * 6 * 0.44m, (end, repair) =>
        {
            foreach (var (region, ids) in made)
            {
                repair.TerminateInstances(end, terraform, ids, region);
            }
        });
    }
}
