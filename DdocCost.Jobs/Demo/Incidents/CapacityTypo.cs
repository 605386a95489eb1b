using DdocCost.Jobs.Demo.Accounts;
using DdocCost.Jobs.Demo.Calls;
using DdocCost.Jobs.Demo.Trail;

namespace DdocCost.Jobs.Demo.Incidents;

/// <summary>Provisioned capacity of a table with two zeros too many.</summary>
public sealed record CapacityTypo() : Incident("capacity-typo", "web-tier", Course.OneCall)
{
    // eu-west-1, for one unit.
    private const decimal ReadUsdPerHour = 0.000147m;
    private const decimal WriteUsdPerHour = 0.000735m;

    /// <inheritdoc/>
    public override Damage Play(DateTimeOffset at, CallLog log)
    {
        var (name, read, write) = WebTier.Carts;
        var who = Caller.Person(log.Account, log.Dice.Pick([.. log.Account.People]));
        log.UpdateTable(at, who, name, (read, write), (read * 100, write * 100));
        return new Damage(who, 99 * ((read * ReadUsdPerHour) + (write * WriteUsdPerHour)), (end, repair) =>
            repair.UpdateTable(end, who, name, (read * 100, write * 100), (read, write)));
    }
}
