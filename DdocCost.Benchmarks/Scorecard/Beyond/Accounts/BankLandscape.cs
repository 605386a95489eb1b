using DdocCost.Jobs.Demo;
using DdocCost.Jobs.Demo.Accounts;
using DdocCost.Jobs.Demo.Calls;
using DdocCost.Jobs.Demo.Trail;

namespace DdocCost.Benchmarks.Scorecard.Beyond.Accounts;

/// <summary>
/// Where a bank develops and tests: machines stand in office hours, teams order whole environments for days, tests run at night, and every
/// second Thursday a release is rehearsed on a landscape of its own.
/// </summary>
internal sealed class BankLandscape(ulong seed) : AccountLife(new Account(seed, "bank-landscape", "eu-west-2", ["edith", "farid", "grace", "hamza", "isla"]))
{
    public const string TestData = "test-data";

    private IReadOnlyList<string> landscape = [];

    private Caller Hours => Caller.Automation(Account, "office-hours", "scheduler");

    private Caller Factory => Caller.Automation(Account, "environment-factory", "catalogue");

    public override void Begin(Day day, CallLog log)
    {
        log.CreateDbInstance(day.At(0.5), TerraformRun(log.Dice), TestData, "db.r6g.xlarge", gib: 500);
        landscape = log.RunInstances(day.At(5), TerraformRun(log.Dice), "m6i.xlarge", 12, name: "landscape");
    }

    public override void Live(Day day, CallLog log, Labels labels)
    {
        var dice = log.Dice;
        if (!day.IsWorkday)
        {
            return;
        }

        log.StartInstances(day.At(dice.Between(6.4, 6.6)), Hours, landscape);
        log.StopInstances(day.At(dice.Between(19, 19.2)), Hours, landscape);
        for (var orders = dice.Arrivals(day.Weekday == DayOfWeek.Monday ? 3 : 1.5); orders > 0; orders--)
        {
            Order(day, dice.Pick("accounts", "cards", "payments", "risk", "loans", "reports"), log);
        }

        if (dice.Chance(0.9))
        {
            var at = day.At(dice.Between(21.5, 22.5));
            log.TerminateInstances(at.AddHours(dice.Between(1, 4)), Factory, log.RunInstances(at, Factory, "c6i.2xlarge", dice.Whole(3, 6), name: "night-tests"));
        }

        if (day.Weekday == DayOfWeek.Thursday && day.Midnight.DayOfYear / 7 % 2 == 0)
        {
            var before = log.EventIds.Count;
            var ids = log.RunInstances(day.At(17), Factory, "m6i.xlarge", 12, name: "rehearsal");
            labels.Decoy("release-rehearsal", Account, day.At(17), [.. log.EventIds.Skip(before)]);
            log.TerminateInstances(day.At(dice.Between(38, 42)), Factory, ids);
        }

        if (dice.Chance(0.2))
        {
            log.CreateVolume(day.At(dice.Between(8, 17)), TerraformRun(dice), "gp3", dice.Pick(100, 200));
        }
    }

    /// <summary>Machines, a database and a balancer for a team, for an afternoon or for days.</summary>
    private void Order(Day day, string team, CallLog log)
    {
        var (at, name) = (day.At(log.Dice.Between(8, 16)), $"{team}-{log.Dice.Hex(4)}");
        var ids = log.RunInstances(at, Factory, "m6i.xlarge", log.Dice.Whole(2, 4), name: name);
        log.CreateDbInstance(at.AddMinutes(2), Factory, name, "db.m6g.large", gib: 100);
        var balancer = log.CreateLoadBalancer(at.AddMinutes(3), Factory, name);
        var end = at.AddHours(log.Dice.Pick(4, 8, 24, 48, 72) * log.Dice.Between(0.8, 1.2));
        log.DeleteLoadBalancer(end, Factory, balancer);
        log.TerminateInstances(end.AddMinutes(1), Factory, ids);
        log.DeleteDbInstance(end.AddMinutes(2), Factory, name, "db.m6g.large", gib: 100);
    }
}
