using DdocCost.Jobs.Demo.Calls;
using DdocCost.Jobs.Demo.Trail;

namespace DdocCost.Jobs.Demo.Incidents;

/// <summary>A volume with the most storage and the most I/O that one can order.</summary>
public sealed record HugeVolume() : Incident("huge-volume", "data-platform", Course.OneCall)
{
    // io2 in us-east-1 by the month of 730 hours: storage, then I/O operations up to 32,000 and above.
    private const decimal UsdPerHour = ((16384 * 0.125m) + (32000 * 0.065m) + (32000 * 0.0455m)) / 730;

    /// <inheritdoc/>
    public override Damage Play(DateTimeOffset at, CallLog log)
    {
        var who = Caller.Person(log.Account, log.Dice.Pick([.. log.Account.People]));
        var volume = log.CreateVolume(at, who, "io2", gib: 16384, iops: 64000);
        return new Damage(who, UsdPerHour, (end, repair) => repair.DeleteVolume(end, who, volume));
    }
}
