using DdocCost.Jobs.Demo;
using DdocCost.Jobs.Demo.Accounts;
using DdocCost.Jobs.Demo.Calls;
using DdocCost.Jobs.Demo.Trail;

namespace DdocCost.Benchmarks.Scorecard.Beyond.Accounts;

/// <summary>
/// Software with a stack for each customer: some customers come, few leave, all stacks are deployed together, and a fair every third week
/// brings many at once.
/// </summary>
internal sealed class SaasPerCustomer(ulong seed) : AccountLife(new Account(seed, "saas-per-customer", "us-east-1", ["gita", "harold", "ilse", "jonas", "kofi"]))
{
    public const int Founding = 18;
    public const string Cluster = "customers";
    public const string DatabaseClass = "db.t4g.medium";

    // us-east-1: db.t4g.medium with 50 GiB of gp3, a balancer, two tasks of half a vCPU and 1 GiB.
    public const decimal UsdPerHour = 0.065m + (50 * 0.115m / 730) + 0.0225m + (2 * ((0.5m * 0.04048m) + 0.004445m));
    private static readonly DateTimeOffset Start = new(2026, 9, 7, 0, 0, 0, TimeSpan.Zero);

    private readonly List<(string Name, string Balancer)> customers = [];
    private int revision = 1;

    public static Caller Provisioner(Account account) => Caller.Automation(account, "stack-provisioner", "signup");

    private Caller Deploys => Caller.Automation(Account, "stack-deploy", "release");

    /// <summary>One of those who were there from the beginning, and stay.</summary>
    public static string Founder(int number) => $"customer-{number:000}";

    public override void Begin(Day day, CallLog log)
    {
        log.RegisterTaskDefinition(day.At(0.1), Deploys, "app", 512, 1024, revision);
        foreach (var number in Enumerable.Range(1, Founding))
        {
            customers.Add((Founder(number), Stack(day.At(0.1 + (0.1 * number)), Provisioner(Account), Founder(number), revision, log)));
        }
    }

    public override void Live(Day day, CallLog log, Labels labels)
    {
        var dice = log.Dice;
        var fair = day.Weekday == DayOfWeek.Thursday && (day.Midnight - Start).Days / 7 % 3 == 1;
        var before = log.EventIds.Count;
        for (var signUps = dice.Arrivals(fair ? 6 : day.IsWorkday ? 0.6 : 0.1); signUps > 0; signUps--)
        {
            var name = "customer-" + dice.Hex(6);
            customers.Add((name, Stack(day.At(dice.Between(12, 23)), Provisioner(Account), name, revision, log)));
        }

        if (fair)
        {
            labels.Decoy("fair", Account, day.At(12), [.. log.EventIds.Skip(before)]);
        }

        if (day.IsWorkday && dice.Chance(0.12) && customers.Count > Founding)
        {
            Leave(day.At(dice.Between(13, 20)), customers.Count - 1, log);
        }

        if (day.IsWorkday && dice.Chance(0.5))
        {
            Deploy(day.At(dice.Between(13, 19)), log);
        }

        if (day.IsWorkday && dice.Chance(0.3))
        {
            var (who, at) = (Somebody(dice), day.At(dice.Between(13, 21)));
            log.TerminateInstances(at.AddHours(dice.Between(1, 6)), who, log.RunInstances(at, who, dice.Pick("t3.large", "m6i.large", "m6i.xlarge"), 1, name: "support"));
        }
    }

    /// <summary>What a customer gets: a database, a balancer, two tasks. Returns the balancer.</summary>
    public static string Stack(DateTimeOffset at, Caller who, string name, int revision, CallLog log)
    {
        log.CreateDbInstance(at, who, name, DatabaseClass, gib: 50);
        var balancer = log.CreateLoadBalancer(at.AddMinutes(1), who, name);
        log.CreateService(at.AddMinutes(2), who, Cluster, name, "app", revision, 2);
        return balancer;
    }

    private void Leave(DateTimeOffset at, int customer, CallLog log)
    {
        var (name, balancer) = customers[customer];
        log.DeleteService(at, Provisioner(Account), Cluster, name, "app", revision);
        log.DeleteLoadBalancer(at.AddMinutes(1), Provisioner(Account), balancer);
        log.DeleteDbInstance(at.AddMinutes(2), Provisioner(Account), name, DatabaseClass, gib: 50);
        customers.RemoveAt(customer);
    }

    private void Deploy(DateTimeOffset at, CallLog log)
    {
        log.RegisterTaskDefinition(at, Deploys, "app", 512, 1024, ++revision);
        foreach (var (name, _) in customers)
        {
            log.UpdateService(at = at.AddSeconds(20), Deploys, Cluster, name, "app", revision, 2, 2);
        }
    }
}
