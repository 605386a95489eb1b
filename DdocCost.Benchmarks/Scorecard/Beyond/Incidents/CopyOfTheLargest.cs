using DdocCost.Benchmarks.Scorecard.Beyond.Accounts;
using DdocCost.Jobs.Demo.Calls;
using DdocCost.Jobs.Demo.Incidents;
using DdocCost.Jobs.Demo.Trail;

namespace DdocCost.Benchmarks.Scorecard.Beyond.Incidents;

/// <summary>To find an error, a developer copies the stack of the largest customer as it would be in ten years, and never deletes it.</summary>
internal sealed record CopyOfTheLargest() : Incident("copy-of-the-largest", "saas-per-customer", Course.Burst)
{
    public override Damage Play(DateTimeOffset at, CallLog log)
    {
        var (who, name) = (Caller.Person(log.Account, log.Account.People[4]), "repro-" + log.Dice.Hex(4));
        log.CreateDbInstance(at, who, name, "db.r6g.4xlarge", gib: 1000, multiAz: true);
        log.CreateReplicationGroup(at.AddMinutes(3), who, name, "cache.r6g.xlarge", shards: 1, replicas: 1);
        log.RegisterTaskDefinition(at.AddMinutes(5), who, name, 1024, 2048, 1);
        log.CreateService(at.AddMinutes(6), who, SaasPerCustomer.Cluster, name, name, 1, 40);

        // Two instances with 1,000 GiB of gp3 each, two nodes, 40 tasks.
        return new Damage(who, (2 * (1.798m + (1000 * 0.115m / 730))) + (2 * 0.411m) + (40 * (0.04048m + (2 * 0.004445m))), (end, repair) =>
        {
            repair.DeleteService(end, who, SaasPerCustomer.Cluster, name, name, 1);
            repair.DeleteReplicationGroup(end.AddMinutes(1), who, name, "cache.r6g.xlarge");
            repair.DeleteDbInstance(end.AddMinutes(2), who, name, "db.r6g.4xlarge", gib: 1000);
        });
    }
}
