using DdocCost.Benchmarks.Scorecard.Beyond.Accounts;
using DdocCost.Benchmarks.Scorecard.Beyond.Calls;
using DdocCost.Jobs.Demo.Incidents;
using DdocCost.Jobs.Demo.Trail;

namespace DdocCost.Benchmarks.Scorecard.Beyond.Incidents;

/// <summary>To rehearse the days before Christmas a stream is doubled five times, and stays as it is.</summary>
internal sealed record ShardsNeverBack() : Incident("shards-never-back", "parcel-logistics", Course.Burst)
{
    private const int Doublings = 5;

    public override Damage Play(DateTimeOffset at, CallLog log)
    {
        var (who, most) = (Caller.Person(log.Account, log.Account.People[0]), ParcelLogistics.Shards << Doublings);
        for (var shards = ParcelLogistics.Shards; shards < most; shards *= 2)
        {
            log.UpdateShardCount(at, who, ParcelLogistics.Positions, shards, shards * 2);
            at = at.AddMinutes(log.Dice.Between(8, 25));
        }

        return new Damage(who, (most - ParcelLogistics.Shards) * 0.018m, (end, repair) => repair.UpdateShardCount(end, who, ParcelLogistics.Positions, most, ParcelLogistics.Shards));
    }
}
