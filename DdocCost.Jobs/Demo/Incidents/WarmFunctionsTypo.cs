using DdocCost.Jobs.Demo.Accounts;
using DdocCost.Jobs.Demo.Calls;
using DdocCost.Jobs.Demo.Trail;

namespace DdocCost.Jobs.Demo.Incidents;

/// <summary>Thousands of instances of a function are kept warm instead of some tens.</summary>
public sealed record WarmFunctionsTypo() : Incident("warm-functions-typo", "platform-team", Course.OneCall)
{
    private const int Instances = 4000;
    private const decimal UsdPerGibHour = 0.0000041667m * 3600; // provisioned concurrency, us-east-1, x86

    /// <inheritdoc/>
    public override Damage Play(DateTimeOffset at, CallLog log)
    {
        var (name, memoryMib, usual) = PlatformTeam.Gateway;
        var who = Caller.Person(log.Account, log.Dice.Pick([.. log.Account.People]));
        log.PutProvisionedConcurrency(at, who, name, Instances);
        return new Damage(who, (Instances - usual) * memoryMib / 1024m * UsdPerGibHour, (end, repair) => repair.PutProvisionedConcurrency(end, who, name, usual));
    }
}
