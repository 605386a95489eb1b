using DdocCost.Benchmarks.Scorecard.Beyond.Accounts;
using DdocCost.Jobs.Demo.Calls;
using DdocCost.Jobs.Demo.Incidents;
using DdocCost.Jobs.Demo.Trail;

namespace DdocCost.Benchmarks.Scorecard.Beyond.Incidents;

/// <summary>One customer complains of slowness, and a script gives all of them a database sixteen times as large.</summary>
internal sealed record EveryDatabaseLarger() : Incident("every-database-larger", "saas-per-customer", Course.Burst)
{
    private const string Larger = "db.r6g.2xlarge";

    public override Damage Play(DateTimeOffset at, CallLog log)
    {
        var who = Caller.Person(log.Account, log.Account.People[1]);
        Resize(SaasPerCustomer.DatabaseClass, Larger, at, log);

        // db.r6g.2xlarge instead of db.t4g.medium, us-east-1.
        return new Damage(who, SaasPerCustomer.Founding * (0.899m - 0.065m), (end, repair) => Resize(Larger, SaasPerCustomer.DatabaseClass, end, repair));

        void Resize(string from, string to, DateTimeOffset time, CallLog into)
        {
            for (var customer = 1; customer <= SaasPerCustomer.Founding; customer++)
            {
                into.ModifyDbInstance(time.AddSeconds(customer * 4), who, SaasPerCustomer.Founder(customer), from, to, gib: 50, multiAz: false);
            }
        }
    }
}
