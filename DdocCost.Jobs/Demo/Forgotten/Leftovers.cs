using DdocCost.Domain.Normalise;
using DdocCost.Domain.Zombies;
using DdocCost.Jobs.Demo.Calls;
using DdocCost.Jobs.Demo.Trail;

namespace DdocCost.Jobs.Demo.Forgotten;

/// <summary>
/// What people of the simulated accounts leave behind in the first days of the history, and what had been there for long: the calls go into the trail, what a scan
/// would see of it comes back. The demo's zombies are found in it by the rules; nothing here says what is one.
/// </summary>
internal static class Leftovers
{
    /// <summary>Lets it happen. The same for the same simulation; must come before its first day is taken.</summary>
    public static IReadOnlyList<Leftover> In(Simulation simulation) =>
    [
        .. InSandbox(simulation.LogOf("developer-sandbox", "forgotten"), simulation.Start),
        .. InShop(simulation.LogOf("web-tier", "forgotten"), simulation.Start),
        .. InStartup(simulation.LogOf("small-startup", "forgotten"), simulation.Start),
        .. WithModels(simulation.LogOf("ml-team", "forgotten"), simulation.Start),
        .. OfLongAgo(simulation.LogOf("platform-team", "forgotten"), simulation.Start),
    ];

    private static IEnumerable<Leftover> InSandbox(CallLog log, DateTimeOffset start)
    {
        var account = log.Account;
        var (copied, tested, tried) = (start.AddHours(34.2), start.AddHours(57.6), start.AddDays(-210));
        var volume = log.CreateVolume(copied, Caller.Person(account, "benedikt"), "gp3", 500);
        yield return Leftover.Of(Kinds.Volume, account, volume, "available", copied, size: "gp3", traits: Disk(500));

        var machine = log.RunInstances(tested, Caller.Person(account, "elif"), "m6i.2xlarge", 1, name: "loadtest-driver")[0];
        yield return Leftover.Of(Kinds.Instance, account, machine, "running", tested, "loadtest-driver", "m6i.2xlarge");

        // Stopped long before the trail begins: who made it, nobody can tell.
        var (stopped, root) = (account.Id17("i", "spike"), account.Id17("vol", "spike"));
        yield return new(Kinds.Instance, Leftover.Of(Kinds.Instance, account, stopped, "stopped", tried, "spike-kafka", "r5.xlarge").Seen.With("stoppedAt", start.AddDays(-95)), IsIdle: true);
        yield return new(Kinds.Volume, Leftover.Of(Kinds.Volume, account, root, "in-use", tried, "spike-kafka", "gp2", new ResourceTraits { StorageGib = 800 }).Seen.Linking("instances", stopped), IsIdle: true);
    }

    private static IEnumerable<Leftover> InShop(CallLog log, DateTimeOffset start)
    {
        var account = log.Account;
        var (moved, staged) = (start.AddHours(11.4), start.AddHours(30.9));
        var arn = log.CreateLoadBalancer(moved, Caller.Person(account, "tobias"), "shop-front-v1");
        yield return new(Kinds.Balancer, (Leftover.Of(Kinds.Balancer, account, arn, "active", moved, "shop-front-v1", "application").Seen with { Arn = arn })
            .With("type", "application").With("scheme", "internet-facing").With("dimension", arn.Split("loadbalancer/")[^1]), IsIdle: true);
        yield return new(Kinds.Listener, Leftover.Of(Kinds.Listener, account, arn + "/listener", "", null).Seen.With("answers", false).Linking("balancers", arn), IsIdle: true);
        yield return new(Kinds.TargetGroup, Leftover.Of(Kinds.TargetGroup, account, arn + "/targets", "", null).Seen.With("registered", 2).With("healthy", 2).Linking("balancers", arn), IsIdle: true);

        log.CreateDbInstance(staged, Caller.Person(account, "maren"), "shop-staging", "db.m6g.large", 100);
        yield return new(Kinds.Database, Leftover.Of(Kinds.Database, account, "shop-staging", "available", staged, null, "db.m6g.large", new ResourceTraits { Engine = "postgres", StorageGib = 100, StorageType = "gp3" })
            .Seen.With("engine", "postgres"), IsIdle: true);
    }

    private static IEnumerable<Leftover> InStartup(CallLog log, DateTimeOffset start)
    {
        var account = log.Account;
        var (built, reserved) = (start.AddHours(40.1), start.AddHours(44.5));
        var gia = Caller.Person(account, "gia");
        var address = log.AllocateAddress(built, gia);
        var gateway = log.CreateNatGateway(built.AddMinutes(3), gia, address);
        yield return Leftover.Of(Kinds.NatGateway, account, gateway, "available", built.AddMinutes(3), "nat-experiment");
        yield return new(Kinds.RouteTable, Leftover.Of(Kinds.RouteTable, account, account.Id17("rtb", "experiment"), "", null).Seen.Linking("gateways", gateway), IsIdle: true);
        yield return new(Kinds.Address, Leftover.Of(Kinds.Address, account, address, "associated", null, "198.51.100.24").Seen.Linking("interfaces", account.Id17("eni", "nat")), IsIdle: false);

        var spare = log.AllocateAddress(reserved, Caller.Person(account, "leo"));
        yield return Leftover.Of(Kinds.Address, account, spare, "unassociated", null, "198.51.100.61");
    }

    private static IEnumerable<Leftover> WithModels(CallLog log, DateTimeOffset start)
    {
        var (account, deployed) = (log.Account, start.AddHours(63));
        log.CreateEndpoint(deployed, Caller.Person(account, "noor"), "recommendations-v1", "ml.m5.xlarge", 1);
        yield return new(Kinds.ModelEndpoint, Leftover.Of(Kinds.ModelEndpoint, account, "recommendations-v1", "InService", deployed, null, "ml.m5.xlarge")
            .Seen.With("parts", "ml.m5.xlarge*1").Linking("variants", "AllTraffic"), IsIdle: true);
    }

    private static IEnumerable<Leftover> OfLongAgo(CallLog log, DateTimeOffset start)
    {
        var account = log.Account;
        yield return new(Kinds.Snapshot, Leftover.Of(Kinds.Snapshot, account, account.Id17("snap", "migration"), "completed", start.AddDays(-410), "before-migration", traits: new ResourceTraits { StorageGib = 1200 })
            .Seen.With("gib", 1200), IsIdle: true);
        var secret = $"arn:aws:secretsmanager:{account.Region}:{account.Id}:secret:old-vendor-key-{account.Code("vendor", 6)}";
        yield return new(Kinds.Secret, (Leftover.Of(Kinds.Secret, account, secret, "", start.AddDays(-500), "old-vendor-key").Seen with { Arn = secret, State = null }).With("lastRead", start.AddDays(-260)), IsIdle: true);
    }

    private static ResourceTraits Disk(int gib) => new() { StorageGib = gib, Iops = 3000, ThroughputMibps = 125 };
}
