using DdocCost.Benchmarks.Scorecard.Beyond.Calls;
using DdocCost.Jobs.Demo.Incidents;
using DdocCost.Jobs.Demo.Trail;

namespace DdocCost.Benchmarks.Scorecard.Beyond.Incidents;

/// <summary>No machine was free for a training, so somebody reserves some without an end; the training runs on the spot market after all.</summary>
internal sealed record CapacityKept() : Incident("capacity-kept", "ml-startup", Course.OneCall)
{
    public override Damage Play(DateTimeOffset at, CallLog log)
    {
        var who = Caller.Person(log.Account, log.Account.People[3]);
        var reservation = log.CreateCapacityReservation(at, who, "g5.48xlarge", 2);
        return new Damage(who, 2 * 16.288m, (end, repair) => repair.CancelCapacityReservation(end, who, reservation));
    }
}
