using DdocCost.Jobs.Demo.Accounts;
using DdocCost.Jobs.Demo.Calls;
using DdocCost.Jobs.Demo.Trail;

namespace DdocCost.Jobs.Demo.Incidents;

/// <summary>A slow query is answered with the largest database class there is.</summary>
public sealed record OversizedDatabase() : Incident("oversized-database", "web-tier", Course.OneCall)
{
    private const string Oversized = "db.r6i.32xlarge";

    // PostgreSQL, eu-west-1, single zone: db.r6i.32xlarge instead of db.m6g.large.
    private const decimal UsdPerHour = 17.92m - 0.176m;

    /// <inheritdoc/>
    public override Damage Play(DateTimeOffset at, CallLog log)
    {
        var (name, size, gib) = WebTier.Database;
        var who = Caller.Person(log.Account, log.Dice.Pick([.. log.Account.People]));
        log.ModifyDbInstance(at, who, name, size, Oversized, gib, multiAz: false);
        return new Damage(who, UsdPerHour, (end, repair) => repair.ModifyDbInstance(end, who, name, Oversized, size, gib, multiAz: false));
    }
}
