using DdocCost.Jobs.Demo.Calls;
using DdocCost.Jobs.Demo.Incidents;
using DdocCost.Jobs.Demo.Trail;

namespace DdocCost.Benchmarks.Scorecard.Beyond.Incidents;

/// <summary>A stolen key takes one small machine with a graphics card in each region, to stay unseen.</summary>
internal sealed record KeyInManyRegions() : Incident("key-in-many-regions", "agency", Course.Burst)
{
    public override Damage Play(DateTimeOffset at, CallLog log)
    {
        var (thief, made) = (Caller.User(log.Account, "website-sync", "198.51.100.23"), new List<(string Region, IReadOnlyList<string> Ids)>());
        foreach (var region in new[] { "us-east-2", "us-west-1", "ca-central-1", "eu-north-1", "eu-west-3", "ap-south-1", "ap-northeast-1", "sa-east-1" })
        {
            made.Add((region, log.RunInstances(at, thief, "g4dn.xlarge", 2, region)));
            at = at.AddMinutes(11);
        }

        return new Damage(thief, 16 * 0.58m, (end, repair) =>
        {
            foreach (var (region, ids) in made)
            {
                repair.TerminateInstances(end, thief, ids, region);
            }
        });
    }
}
