using DdocCost.Jobs.Demo.Calls;
using DdocCost.Jobs.Demo.Trail;

namespace DdocCost.Jobs.Demo.Incidents;

/// <summary>The machines of a load test are left running after the test.</summary>
public sealed record ForgottenLoadTest() : Incident("forgotten-load-test", "web-tier", Course.Burst)
{
    private const decimal UsdPerHour = 1.4592m; // c6i.8xlarge, eu-west-1, Linux, on demand

    /// <inheritdoc/>
    public override Damage Play(DateTimeOffset at, CallLog log)
    {
        var who = Caller.Person(log.Account, log.Dice.Pick([.. log.Account.People]));
        var ids = new List<string>();
        for (var part = 0; part < 4; part++)
        {
            ids.AddRange(log.RunInstances(at.AddSeconds(part * 50), who, "c6i.8xlarge", 10, name: "load-generator"));
        }

        return new Damage(who, ids.Count * UsdPerHour, (end, repair) => repair.TerminateInstances(end, who, ids));
    }
}
