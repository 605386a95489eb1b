using DdocCost.Jobs.Demo.Accounts;
using DdocCost.Jobs.Demo.Calls;
using DdocCost.Jobs.Demo.Trail;

namespace DdocCost.Jobs.Demo.Incidents;

/// <summary>The warehouse gets larger nodes, and many more of them, for one report.</summary>
public sealed record WarehouseResize() : Incident("warehouse-resize", "data-platform", Course.OneCall)
{
    // us-east-1: 12 nodes ra3.16xlarge instead of 2 nodes ra3.xlplus.
    private const decimal UsdPerHour = (12 * 13.04m) - (2 * 1.086m);

    /// <inheritdoc/>
    public override Damage Play(DateTimeOffset at, CallLog log)
    {
        var (name, nodeType, nodes) = DataPlatform.Warehouse;
        var who = Caller.Person(log.Account, log.Dice.Pick([.. log.Account.People]));
        log.ResizeCluster(at, who, name, "ra3.16xlarge", 12);
        return new Damage(who, UsdPerHour, (end, repair) => repair.ResizeCluster(end, who, name, nodeType, nodes));
    }
}
