using DdocCost.Jobs.Demo.Calls;
using DdocCost.Jobs.Demo.Trail;

namespace DdocCost.Jobs.Demo.Accounts;

/// <summary>A shop's web tier: instances follow the visitors of the day, an API on Fargate is deployed on workdays.</summary>
public sealed class WebTier(ulong seed) : AccountLife(new Account(seed, "web-tier", "eu-west-1", ["maren", "tobias", "oksana"]))
{
    /// <summary>The shop's database: name, class, GiB.</summary>
    public static readonly (string Name, string Size, int Gib) Database = ("shop", "db.m6g.large", 200);

    /// <summary>The table of shopping carts: name, read and write capacity units.</summary>
    public static readonly (string Name, int Read, int Write) Carts = ("carts", 400, 200);

    /// <summary>The Fargate service that nobody deploys by pipeline: cluster, name, tasks of 1 vCPU and 2 GiB.</summary>
    public static readonly (string Cluster, string Name, int Tasks) Search = ("shop", "search", 4);

    private readonly Queue<string> _fleet = new();
    private int _revision = 1;

    /// <inheritdoc/>
    public override void Begin(Day day, CallLog log)
    {
        var (at, who) = (day.At(0.2), TerraformRun(log.Dice));
        log.CreateLoadBalancer(at, who, "shop-front");
        log.CreateDbInstance(at.AddMinutes(1), who, Database.Name, Database.Size, Database.Gib);
        log.CreateTable(at.AddMinutes(2), who, Carts.Name, Carts.Read, Carts.Write);
        log.RegisterTaskDefinition(at.AddMinutes(3), who, Search.Name, 1024, 2048, 1);
        log.CreateService(at.AddMinutes(4), who, Search.Cluster, Search.Name, Search.Name, 1, Search.Tasks);
        log.RegisterTaskDefinition(at.AddMinutes(5), who, "api", 512, 1024, _revision);
        log.CreateService(at.AddMinutes(6), who, "shop", "api", "api", _revision, 6);
    }

    /// <inheritdoc/>
    public override void Live(Day day, CallLog log, Labels labels)
    {
        for (var hour = 0; hour < 24; hour++)
        {
            Scale(day, hour, log);
        }

        if (day.IsWorkday && log.Dice.Chance(0.75))
        {
            Deploy(day.At(log.Dice.Between(8, 15)), log);
        }
    }

    /// <summary>How many instances the visitors of an hour need: most in the evening, fewer at weekends, hardly any at night.</summary>
    private static double Demand(Day day, int hour)
    {
        var daylight = Math.Max(0, Math.Sin((hour - 5) / 18.0 * Math.PI));
        var evening = Math.Exp(-Math.Pow(hour - 19, 2) / 6.0);
        return 4 + (((7 * daylight) + (6 * evening)) * (day.IsWorkday ? 1 : 0.7));
    }

    private void Scale(Day day, int hour, CallLog log)
    {
        var (dice, scaler) = (log.Dice, AutoScaling(Account));
        var wanted = (int)Math.Round(Demand(day, hour) + dice.Between(-1.2, 1.2));
        var at = day.At(hour + dice.Between(0.02, 0.3));
        while (_fleet.Count < wanted)
        {
            foreach (var id in log.RunInstances(at, scaler, "m6i.large", Math.Min(dice.Whole(1, 2), wanted - _fleet.Count), name: "shop-web"))
            {
                _fleet.Enqueue(id);
            }

            at = at.AddMinutes(dice.Between(1, 6));
        }

        while (_fleet.Count > wanted + 1)
        {
            log.TerminateInstances(at, scaler, [_fleet.Dequeue()]);
            at = at.AddMinutes(dice.Between(1, 6));
        }
    }

    private void Deploy(DateTimeOffset at, CallLog log)
    {
        var pipeline = Caller.Automation(Account, "github-deploy", "GitHubActions");
        _revision++;
        log.CreateDbSnapshot(at, pipeline, Database.Name, Database.Gib);
        log.RegisterTaskDefinition(at.AddMinutes(4), pipeline, "api", 512, 1024, _revision);
        log.UpdateService(at.AddMinutes(5), pipeline, "shop", "api", "api", _revision, tasks: 6, running: 6);
    }
}
