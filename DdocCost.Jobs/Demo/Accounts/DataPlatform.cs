using DdocCost.Jobs.Demo.Calls;
using DdocCost.Jobs.Demo.Trail;

namespace DdocCost.Jobs.Demo.Accounts;

/// <summary>Nightly batches on instances that live for some hours, a warehouse that always runs and one that sleeps at night.</summary>
public sealed class DataPlatform(ulong seed) : AccountLife(new Account(seed, "data-platform", "us-east-1", ["ravi", "lucia", "henrik"]))
{
    /// <summary>The warehouse that always runs: name, node type, nodes.</summary>
    public static readonly (string Name, string NodeType, int Nodes) Warehouse = ("warehouse", "ra3.xlplus", 2);

    /// <summary>The search domain of the log analytics: name, instance type, data nodes.</summary>
    public static readonly (string Name, string Type, int Nodes) Logs = ("logs", "r6g.large.search", 2);

    private static readonly (string Name, string NodeType, int Nodes) Reporting = ("reporting", "ra3.xlplus", 2);

    private Caller Scheduler => Caller.Automation(Account, "airflow-worker", "nightly");

    /// <inheritdoc/>
    public override void Begin(Day day, CallLog log)
    {
        var (at, who) = (day.At(0.3), TerraformRun(log.Dice));
        log.CreateCluster(at, who, Warehouse.Name, Warehouse.NodeType, Warehouse.Nodes);
        log.CreateCluster(at.AddMinutes(1), who, Reporting.Name, Reporting.NodeType, Reporting.Nodes);
        log.CreateDomain(at.AddMinutes(2), who, Logs.Name, Logs.Type, Logs.Nodes, gib: 100);
    }

    /// <inheritdoc/>
    public override void Live(Day day, CallLog log, Labels labels)
    {
        var backfill = day.Weekday == DayOfWeek.Saturday;
        var before = log.EventIds.Count;
        Batch(day.At(log.Dice.Between(1.2, 1.6)), backfill ? 16 : 8, log);
        if (backfill)
        {
            labels.Decoy("saturday-backfill", Account, day.At(1.2), [.. log.EventIds.Skip(before)]);
        }

        if (day.IsWorkday)
        {
            log.ResumeCluster(day.At(log.Dice.Between(5.9, 6.1)), Scheduler, Reporting.Name, Reporting.NodeType, Reporting.Nodes);
            log.PauseCluster(day.At(log.Dice.Between(19.9, 20.1)), Scheduler, Reporting.Name, Reporting.NodeType, Reporting.Nodes);
        }

        if (day.IsWorkday && log.Dice.Chance(0.3))
        {
            Explore(day.At(log.Dice.Between(8, 15)), log);
        }
    }

    private void Batch(DateTimeOffset at, int instances, CallLog log)
    {
        var ids = new List<string>();
        for (; ids.Count < instances; at = at.AddSeconds(log.Dice.Between(4, 40)))
        {
            ids.AddRange(log.RunInstances(at, Scheduler, "r6i.2xlarge", 2, name: "etl-worker"));
        }

        log.TerminateInstances(at.AddHours(log.Dice.Between(2, 3.5)), Scheduler, ids);
    }

    /// <summary>An analyst wants a machine for an afternoon.</summary>
    private void Explore(DateTimeOffset at, CallLog log)
    {
        var who = Somebody(log.Dice);
        var ids = log.RunInstances(at, who, log.Dice.Pick("r6i.xlarge", "r6i.2xlarge"), 1, name: "notebook");
        log.TerminateInstances(at.AddHours(log.Dice.Between(1, 6)), who, ids);
    }
}
