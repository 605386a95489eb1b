using DdocCost.Jobs.Demo.Accounts;
using DdocCost.Jobs.Demo.Calls;
using DdocCost.Jobs.Demo.Trail;

namespace DdocCost.Jobs.Demo.Incidents;

/// <summary>A scaling policy watches a metric that its own instances raise.</summary>
public sealed record RunawayScaling() : Incident("runaway-scaling", "web-tier", Course.Burst)
{
    private const decimal UsdPerHour = 0.107m; // m6i.large, eu-west-1, Linux, on demand

    /// <inheritdoc/>
    public override Damage Play(DateTimeOffset at, CallLog log)
    {
        var scaler = AccountLife.AutoScaling(log.Account);
        var ids = new List<string>();
        for (var step = 0; step < 45; step++)
        {
            ids.AddRange(log.RunInstances(at.AddSeconds(step * 70), scaler, "m6i.large", 4, name: "shop-web"));
        }

        return new Damage(scaler, ids.Count * UsdPerHour, (end, repair) =>
        {
            foreach (var some in ids.Chunk(20))
            {
                repair.TerminateInstances(end, scaler, some);
                end = end.AddSeconds(30);
            }
        });
    }
}
