using DdocCost.Benchmarks.Scorecard.Beyond.Accounts;
using DdocCost.Benchmarks.Scorecard.Beyond.Calls;
using DdocCost.Jobs.Demo.Calls;
using DdocCost.Jobs.Demo.Incidents;
using DdocCost.Jobs.Demo.Trail;

namespace DdocCost.Benchmarks.Scorecard.Beyond.Incidents;

/// <summary>A report is slow, and five large copies of the database that can be read do not make it faster.</summary>
internal sealed record ReplicasForReport() : Incident("replicas-for-report", "bank-landscape", Course.Burst)
{
    public override Damage Play(DateTimeOffset at, CallLog log)
    {
        var (who, names) = (Caller.Person(log.Account, log.Account.People[3]), new List<string>());
        for (var replica = 1; replica <= 5; replica++)
        {
            names.Add($"{BankLandscape.TestData}-{log.Dice.Hex(3)}");
            log.CreateReadReplica(at, who, names[^1], BankLandscape.TestData, "db.r6g.4xlarge", 500);
            at = at.AddMinutes(log.Dice.Between(4, 15));
        }

        // db.r6g.4xlarge in eu-west-2, and 500 GiB of gp3.
        return new Damage(who, names.Count * (2.115m + (500 * 0.133m / 730)), (end, repair) => names.ForEach(name => repair.DeleteDbInstance(end = end.AddSeconds(10), who, name, "db.r6g.4xlarge", gib: 500)));
    }
}
