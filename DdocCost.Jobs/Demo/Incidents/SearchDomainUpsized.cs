using DdocCost.Jobs.Demo.Accounts;
using DdocCost.Jobs.Demo.Calls;
using DdocCost.Jobs.Demo.Trail;

namespace DdocCost.Jobs.Demo.Incidents;

/// <summary>A log domain that falls behind is given twenty of the largest nodes.</summary>
public sealed record SearchDomainUpsized() : Incident("search-domain-upsized", "data-platform", Course.OneCall)
{
    // us-east-1: 20 nodes r6g.12xlarge.search instead of 2 nodes r6g.large.search, each with its 100 GiB of gp3.
    private const decimal UsdPerHour = (20 * 4.016m) - (2 * 0.167m) + (18 * 100 * 0.122m / 730);

    /// <inheritdoc/>
    public override Damage Play(DateTimeOffset at, CallLog log)
    {
        var (name, type, nodes) = DataPlatform.Logs;
        var who = Caller.Person(log.Account, log.Dice.Pick([.. log.Account.People]));
        log.UpdateDomainConfig(at, who, name, "r6g.12xlarge.search", 20);
        return new Damage(who, UsdPerHour, (end, repair) => repair.UpdateDomainConfig(end, who, name, type, nodes));
    }
}
