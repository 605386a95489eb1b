using DdocCost.Jobs.Demo.Calls;
using DdocCost.Jobs.Demo.Trail;

namespace DdocCost.Jobs.Demo.Incidents;

/// <summary>A cache with production's largest shape is created where a small one was meant.</summary>
public sealed record OversizedCache() : Incident("oversized-cache", "platform-team", Course.OneCall)
{
    private const decimal UsdPerHour = 6.567m; // cache.r6g.16xlarge, Redis, us-east-1

    /// <inheritdoc/>
    public override Damage Play(DateTimeOffset at, CallLog log)
    {
        var terraform = Caller.Automation(log.Account, "terraform-apply", "run-" + log.Dice.Code(12), Caller.Terraform);
        var name = "cache-" + log.Dice.Hex(4);
        log.CreateReplicationGroup(at, terraform, name, "cache.r6g.16xlarge", shards: 4, replicas: 2);
        return new Damage(terraform, 4 * (1 + 2) * UsdPerHour, (end, repair) => repair.DeleteReplicationGroup(end, terraform, name, "cache.r6g.16xlarge"));
    }
}
