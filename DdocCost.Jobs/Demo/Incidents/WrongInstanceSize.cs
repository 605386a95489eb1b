using DdocCost.Jobs.Demo.Calls;
using DdocCost.Jobs.Demo.Trail;

namespace DdocCost.Jobs.Demo.Incidents;

/// <summary>Somebody picks the neighbouring line of the list of sizes.</summary>
public sealed record WrongInstanceSize() : Incident("wrong-instance-size", "developer-sandbox", Course.OneCall)
{
    /// <inheritdoc/>
    public override Damage Play(DateTimeOffset at, CallLog log)
    {
        // eu-central-1, Linux, on demand.
        var (type, usdPerHour) = log.Dice.Pick(("x2iedn.32xlarge", 37.348m), ("r6i.32xlarge", 9.728m), ("p4d.24xlarge", 27.433m));
        var who = Caller.Person(log.Account, log.Dice.Pick([.. log.Account.People]));
        var ids = log.RunInstances(at, who, type, 1);
        return new Damage(who, usdPerHour, (end, repair) => repair.TerminateInstances(end, who, ids));
    }
}
