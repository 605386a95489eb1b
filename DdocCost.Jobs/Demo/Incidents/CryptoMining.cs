using DdocCost.Jobs.Demo.Calls;
using DdocCost.Jobs.Demo.Trail;

namespace DdocCost.Jobs.Demo.Incidents;

/// <summary>A leaked access key launches GPU machines in a region that nobody uses.</summary>
public sealed record CryptoMining() : Incident("crypto-mining", "developer-sandbox", Course.Burst)
{
    /// <inheritdoc/>
    public override Damage Play(DateTimeOffset at, CallLog log)
    {
        // g5.12xlarge, Linux, on demand.
        var (region, usdPerHour) = log.Dice.Pick(("sa-east-1", 9.641m), ("ap-south-1", 6.811m));
        var thief = Caller.User(log.Account, "backup-upload", "198.51.100.23", Caller.Python);
        log.RunInstances(at, thief, "g5.48xlarge", 8, region, refused: Refusal.QuotaExceeded);

        var ids = new List<string>();
        var launches = log.Dice.Whole(4, 6);
        for (var launch = 0; launch < launches; launch++)
        {
            ids.AddRange(log.RunInstances(at.AddSeconds(20 + (launch * 45)), thief, "g5.12xlarge", 4, region));
        }

        return new Damage(thief, ids.Count * usdPerHour, (end, repair) =>
            repair.TerminateInstances(end, Caller.Person(repair.Account, repair.Account.People[0]), ids, region));
    }
}
