using DdocCost.Jobs.Demo.Calls;
using DdocCost.Jobs.Demo.Trail;

namespace DdocCost.Jobs.Demo.Incidents;

/// <summary>A model is put on the largest GPU endpoint for a demonstration, and stays there.</summary>
public sealed record IdleGpuEndpoint() : Incident("idle-gpu-endpoint", "ml-team", Course.OneCall)
{
    private const decimal UsdPerHour = 25.251286m; // ml.p4d.24xlarge, us-east-1, since the cut of 2025

    /// <inheritdoc/>
    public override Damage Play(DateTimeOffset at, CallLog log)
    {
        var who = Caller.Person(log.Account, log.Dice.Pick([.. log.Account.People]));
        var name = "showcase-" + log.Dice.Hex(4);
        log.CreateEndpoint(at, who, name, "ml.p4d.24xlarge", 2);
        return new Damage(who, 2 * UsdPerHour, (end, repair) => repair.DeleteEndpoint(end, who, name));
    }
}
