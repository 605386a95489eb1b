using DdocCost.Benchmarks.Scorecard.Beyond.Calls;
using DdocCost.Jobs.Demo;
using DdocCost.Jobs.Demo.Accounts;
using DdocCost.Jobs.Demo.Calls;
using DdocCost.Jobs.Demo.Trail;

namespace DdocCost.Benchmarks.Scorecard.Beyond.Accounts;

/// <summary>
/// Parcels: routes are planned before dawn and again when the day goes otherwise, the night's backup is restored for reports, tracking grows
/// by day, and the bills are written around the end of the month.
/// </summary>
internal sealed class ParcelLogistics(ulong seed) : AccountLife(new Account(seed, "parcel-logistics", "eu-central-1", ["agnes", "boris", "cem", "dorota"]))
{
    public const string Positions = "vehicle-positions";
    public const int Shards = 16;

    private int tasks = 8;
    private int revision = 1;

    public static Caller Restore(Account account) => Caller.Automation(account, "report-restore", "nightly");

    private Caller Planner => Caller.Automation(Account, "route-planner", "states");

    private Caller Deploys => Caller.Automation(Account, "tracking-deploy", "pipeline");

    public override void Begin(Day day, CallLog log)
    {
        var who = TerraformRun(log.Dice);
        log.CreateStream(day.At(0.2), who, "scans", 24);
        log.CreateStream(day.At(0.3), who, Positions, Shards);
        log.CreateDbInstance(day.At(0.4), who, "orders", "db.r6g.2xlarge", gib: 800, multiAz: true);
        log.RunInstances(day.At(0.5), who, "m6i.xlarge", 6, name: "depot-gateway");
        log.RegisterTaskDefinition(day.At(0.6), Deploys, "tracking", 1024, 2048, revision);
        log.CreateService(day.At(0.7), Deploys, "parcels", "tracking", "tracking", revision, tasks);
    }

    public override void Live(Day day, CallLog log, Labels labels)
    {
        var dice = log.Dice;
        var copy = "report-" + dice.Hex(6);
        log.RestoreDbInstance(day.At(dice.Between(1.9, 2.2)), Restore(Account), copy, $"orders-{day.Midnight:MMdd}", "db.r6g.xlarge", 500);
        log.DeleteDbInstance(day.At(dice.Between(5, 7.5)), Restore(Account), copy, "db.r6g.xlarge", 500);
        if (day.Weekday != DayOfWeek.Sunday)
        {
            Plan(day.At(dice.Between(3.4, 3.6)), (day.Weekday == DayOfWeek.Monday ? 10 : 6) + dice.Whole(-1, 2), log);
        }

        for (var replans = dice.Arrivals(day.IsWorkday ? 1.2 : 0.2); replans > 0; replans--)
        {
            Plan(day.At(dice.Between(9, 15)), dice.Whole(2, 4), log);
        }

        if (day.Midnight.Day is 30 or 1 or 2)
        {
            var before = log.EventIds.Count;
            var ids = log.RunInstances(day.At(dice.Between(17, 20)), Caller.Automation(Account, "billing-run", "month-end"), "r6i.4xlarge", dice.Whole(6, 9), name: "bills");
            labels.Decoy("end-of-month", Account, day.At(17), [.. log.EventIds.Skip(before)]);
            log.TerminateInstances(day.At(20 + dice.Between(4, 9)), Caller.Automation(Account, "billing-run", "month-end"), ids);
        }

        Track(day, log);
    }

    private void Plan(DateTimeOffset at, int machines, CallLog log)
    {
        var ids = log.RunInstances(at, Planner, "c6i.4xlarge", machines, name: "routes");
        log.TerminateInstances(at.AddHours(log.Dice.Between(0.7, 2.2)), Planner, ids);
    }

    private void Track(Day day, CallLog log)
    {
        if (day.IsWorkday && log.Dice.Chance(0.35))
        {
            log.RegisterTaskDefinition(day.At(6.8), Deploys, "tracking", 1024, 2048, ++revision);
        }

        foreach (var hour in new[] { 7, 11, 16, 20, 23 })
        {
            var wanted = 8 + (hour is 23 ? 0 : log.Dice.Whole(day.IsWorkday ? 2 : 0, day.IsWorkday ? 8 : 3));
            log.UpdateService(day.At(hour + (0.3 * log.Dice.Unit())), Deploys, "parcels", "tracking", "tracking", revision, wanted, tasks);
            tasks = wanted;
        }
    }
}
