using DdocCost.Domain.Normalise;
using DdocCost.Domain.Zombies;

namespace DdocCost.Tests.Zombies;

/// <summary>For each rule a zombie, something alive, and traps; the last two told by how they differ from the zombie.</summary>
internal sealed class RuleCases
{
    private readonly Func<RuleScene, RuleScene> _zombie;
    private readonly List<(string Name, Func<RuleScene> Scene)> _alive = [], _traps = [];

    private RuleCases(string rule, Func<RuleScene, RuleScene> zombie) => (Rule, _zombie) = (rule, zombie);

    public string Rule { get; }

    public IReadOnlyList<(string Name, Func<RuleScene> Scene)> Alive => _alive;

    public IReadOnlyList<(string Name, Func<RuleScene> Scene)> Traps => _traps;

    /// <summary>No price is known, or there is nothing to save.</summary>
    public bool IsUnpriced { get; private set; }

    /// <summary>Age is all that it asks.</summary>
    public bool IsOfAgeAlone { get; private set; }

    /// <summary>Metrics of which another can take the place.</summary>
    public IReadOnlyList<string> DecidesWithout { get; private set; } = [];

    /// <summary>Kinds that are read for the saving alone.</summary>
    public IReadOnlyList<string> ReadsForMoney { get; private set; } = [];

    public static RuleCases Of(string rule) => All.Single(of => of.Rule == rule);

    public RuleScene Zombie() => _zombie(new RuleScene(Rule));

    private RuleCases Living(string name, Func<RuleScene, RuleScene> change)
    {
        _alive.Add((name, () => change(Zombie())));
        return this;
    }

    private RuleCases Trap(string name, Func<RuleScene, RuleScene> change)
    {
        _traps.Add((name, () => change(Zombie())));
        return this;
    }

    /// <summary>For rules of age alone: what is young is stopped at the gate, so that is their sign of life.</summary>
    private RuleCases Young(string name, Func<RuleScene, RuleScene> change)
    {
        IsOfAgeAlone = true;
        return Living(name, change);
    }

    private RuleCases Unpriced()
    {
        IsUnpriced = true;
        return this;
    }

    private RuleCases CanDoWithout(params string[] metrics)
    {
        DecidesWithout = metrics;
        return this;
    }

    private RuleCases ForMoney(params FactKind[] kinds)
    {
        ReadsForMoney = [.. kinds.Select(kind => kind.Name)];
        return this;
    }

    private static RuleCases Case(string rule, Func<RuleScene, RuleScene> zombie) => new(rule, zombie);

    private static Func<Resource, Resource> In(string state) => resource => resource with { State = state };

    private static ResourceTraits Gib(decimal gib) => new() { StorageGib = gib };

    private static DateTimeOffset Ago(double days) => RuleScene.Ago(days);

    public static IReadOnlyList<RuleCases> All { get; } =
    [
        // EC2
        Case("EC2-01", s => s.State("running").Size("m5.large").Quiet()).Living("a busy day", s => s.Metric("cpu", d => d == 3 ? 70 : 1)).Living("much traffic", s => s.Metric("in", 9e6)).Trap("stopped", s => s.State("stopped")).Trap("of a group", s => s.Owner("autoscaling:web")),
        Case("EC2-03", s => s.State("stopped").SoFor(60).Beside(Kinds.Volume, "vol-1", v => (v with { Size = "gp3", Traits = Gib(100) }).Linking("instances", "it"))).Living("running", s => s.State("running")).Living("without volumes", s => s.Without(Kinds.Volume)).Trap("stopped for the weekend", s => s.SoFor(2)).ForMoney(Kinds.Address),
        Case("EC2-04", s => s.State("running").Size("g4dn.xlarge").Quiet()).Living("it computes", s => s.Metric("cpu", 40)).Living("no accelerator", s => s.Size("m5.large")).Trap("of a node group", s => s.Owner("eks:ml")),
        Case("EC2-13", s => s.State("active").Size("m5.large", 4).Fact("total", 4).Metric("free", 4)).Living("one runs", s => s.Metric("free", d => d == 2 ? 3 : 4)).Trap("a capacity block", s => s.Fact("committed", true)).Trap("the total is not told", s => s.Fact("total", null)),
        Case("EC2-14", s => s.State("available").Size("m5")).Living("an instance on it", s => s.Link("instances", "i-1")).Trap("allocated yesterday", s => s.Created(1)),
        Case("EC2-15", s => s.With(r => r with { Name = "web" }).Link("instances", "i-1").Beside(Kinds.Instance, "i-1", i => i with { Size = "m5.large" }).Quiet()).Living("a busy day", s => s.Metric("cpu", d => d == 1 ? 50 : 1)).Living("scaled to nothing", s => s.Link("instances")).Trap("of a node group", s => s.Owner("eks:main")).ForMoney(Kinds.Instance),
        Case("EBS-01", s => s.State("available").Size("gp3").Traits(Gib(100)).SoFor(30)).Living("attached", s => s.State("in-use").Link("instances", "i-1")).Trap("detached yesterday", s => s.SoFor(1)).Trap("never seen before", s => s.Past(Past.Unknown)),
        Case("EBS-02", s => s.State("in-use").Size("gp2").Traits(Gib(50)).Link("instances", "i-1").Beside(Kinds.Instance, "i-1", i => In("stopped")(i).With("stoppedAt", Ago(60)))).Living("its instance runs", s => s.Beside(Kinds.Instance, "i-1", In("running"))).Living("one of two runs", s => s.Link("instances", "i-1", "i-2").Beside(Kinds.Instance, "i-2", In("running"))).Trap("its instance was not seen", s => s.Without(Kinds.Instance)),
        Case("EBS-03", s => s.State("in-use").Size("gp3").Traits(Gib(50)).Link("instances", "i-1").Beside(Kinds.Instance, "i-1", In("running")).Quiet()).Living("it is written once", s => s.Metric("writes", d => d == 2 ? 50 : 0)).Living("a root volume", s => s.Beside(Kinds.Instance, "i-1", i => In("running")(i).Linking("root", "it"))).Trap("attached to several", s => s.Fact("multiAttach", true)).Trap("its instance is stopped", s => s.Beside(Kinds.Instance, "i-1", In("stopped"))),
        Case("EBS-11", s => s.State("completed").Traits(Gib(100))).Living("behind an image", s => s.Beside(Kinds.Image, "ami-1", i => i.Linking("snapshots", "it"))).Trap("made by a lifecycle policy", s => s.Fact("managed", true)).Trap("made by AWS Backup", s => s.Owner("backup:arn")),
        Case("EBS-12", s => s.State("completed").Traits(Gib(100)).Fact("volume", "vol-gone")).Living("its volume is there", s => s.Beside(Kinds.Volume, "vol-gone")).Living("a volume was made of it", s => s.Beside(Kinds.Volume, "vol-2", v => v.Linking("snapshots", "it"))).Living("a template uses it", s => s.Beside(Kinds.LaunchTemplate, "lt-1/1", t => t.Linking("snapshots", "it"))).Trap("a copy", s => s.Fact("volume", "vol-ffffffff")),
        Case("EBS-14", s => s.State("enabled").Fact("snapshot", "snap-1").Fact("zone", "eu-west-1a").Fact("enabledAt", Ago(30))).Living("a volume was made of it", s => s.Beside(Kinds.Volume, "vol-1", v => (v with { Created = Ago(2) }).Linking("snapshots", "snap-1"))).Trap("enabled yesterday", s => s.Fact("enabledAt", Ago(1))),
        Case("AMI-01", s => s.State("available").Link("snapshots", "snap-1").Beside(Kinds.Snapshot, "snap-1", v => v with { Traits = Gib(30) })).Living("an instance runs from it", s => s.Beside(Kinds.Instance, "i-1", i => i.Linking("images", "it"))).Living("a template launches it", s => s.Beside(Kinds.LaunchTemplate, "lt/1", t => t.Linking("images", "it"))).Living("launched last week", s => s.Fact("lastLaunched", Ago(7))).Trap("public", s => s.Fact("public", true)).Trap("made by Image Builder", s => s.Fact("managed", true)).ForMoney(Kinds.Snapshot),
        Case("AMI-02", s => s.State("available").Link("snapshots", "snap-1").Beside(Kinds.Snapshot, "snap-1", v => v with { Traits = Gib(30) })).Living("an instance runs from it", s => s.Beside(Kinds.Instance, "i-1", i => i.Linking("images", "it"))).Trap("launched within the window", s => s.Fact("lastLaunched", Ago(20))).ForMoney(Kinds.Snapshot),

        // Network
        Case("NET-01", s => s.State("unassociated").SoFor(5)).Living("in use", s => s.State("associated")).Trap("let go an hour ago", s => s.SoFor(0.05)).Trap("from a pool of one's own", s => s.Fact("ownPool", true)).Trap("managed by a service", s => s.Fact("managed", true)),
        Case("NET-02", s => s.State("associated").Fact("association", "a-1").Link("instances", "i-1").Beside(Kinds.Instance, "i-1", i => In("stopped")(i).With("stoppedAt", Ago(30)))).Living("its instance runs", s => s.Beside(Kinds.Instance, "i-1", In("running"))).Trap("from a pool of one's own", s => s.Fact("ownPool", true)).ForMoney(Kinds.NetworkInterface),
        Case("NET-03", s => s.State("available").Quiet()).Living("one connection", s => s.Metric("connections", d => d == 5 ? 1 : 0)).Trap("failed, so not billed", s => s.State("failed")).Trap("values for half of the days", s => s.Metric("packets", d => d % 2 == 0 ? 0 : null)),
        Case("NET-04", s => s.State("available")).Living("a route leads to it", s => s.Beside(Kinds.RouteTable, "rtb-1", t => t.Linking("gateways", "it"))).Trap("regional", s => s.Fact("regional", true)),
        Case("NET-08", s => s.State("available").Size("Interface", 2).Fact("type", "Interface").Fact("service", "com.amazonaws.ssm").Fact("vpc", "vpc-1").Quiet()).Living("bytes on one day", s => s.Metric("bytes", d => d == 9 ? 10 : null)).Trap("a free gateway endpoint", s => s.Fact("type", "Gateway")).Trap("managed by another", s => s.Fact("managed", true)),
        Case("NET-09", s => s.State("available").Size("GatewayLoadBalancer").Fact("type", "GatewayLoadBalancer").Fact("service", "vpce-svc-1").Fact("vpc", "vpc-1").Quiet()).Living("bytes on one day", s => s.Metric("bytes", d => d == 9 ? 10 : null)).Trap("pending", s => s.State("pending")),
        Case("NET-11", s => s.Size("classic").Fact("inService", 1).Quiet()).Living("many requests", s => s.Metric("requests", 5000)).Trap("TCP: bytes without requests", s => s.Metric("bytes", 1e9)),
        Case("NET-12", s => s.State("active").Size("application").Fact("type", "application")).Living("a healthy target", s => s.Beside(Kinds.Listener, "l-1", l => l.With("answers", false).Linking("balancers", "it")).Beside(Kinds.TargetGroup, "tg-1", g => g.With("healthy", 1).Linking("balancers", "it"))).Trap("it redirects", s => s.Beside(Kinds.Listener, "l-1", l => l.With("answers", true).Linking("balancers", "it"))).ForMoney(Kinds.TargetGroup),
        Case("NET-13", s => s.State("active").Size("application").Fact("type", "application").Fact("dimension", "app/x/1").Quiet()).Living("requests on one day", s => s.Metric("requests", d => d == 10 ? 4 : null)).Trap("being made", s => s.State("provisioning")).CanDoWithout("units"),
        Case("NET-14", s => s.State("active").Size("network").Fact("type", "network").Beside(Kinds.Listener, "l-1", l => l.Linking("balancers", "it")).Beside(Kinds.TargetGroup, "tg-1", g => g.With("healthy", 0).Linking("balancers", "it"))).Living("a healthy target", s => s.Beside(Kinds.TargetGroup, "tg-1", g => g.With("healthy", 2).Linking("balancers", "it"))).Trap("another kind", s => s.Fact("type", "application")).ForMoney(Kinds.Listener),
        Case("NET-15", s => s.State("active").Size("network").Fact("type", "network").Fact("dimension", "net/x/1").Quiet()).Living("a flow", s => s.Metric("new", d => d == 3 ? 1 : null)).Trap("one long-lived flow, none new", s => s.Metric("active", 1)),
        Case("NET-16", s => s.State("active").Size("gateway").Fact("type", "gateway")).Living("a healthy appliance", s => s.Beside(Kinds.TargetGroup, "tg-1", g => g.With("healthy", 1).Linking("balancers", "it"))).Trap("being made", s => s.State("provisioning")),
        Case("NET-17", s => s.State("active").Size("gateway").Fact("type", "gateway").Fact("dimension", "gwy/x/1").Quiet()).Living("a flow", s => s.Metric("new", d => d == 3 ? 1 : null)).Trap("bytes of an old flow", s => s.Metric("bytes", 5)),
        Case("NET-18", s => s.State("available").Metric("up", 0).Metric("in", 0).Metric("out", 0)).Living("bytes go through", s => s.Metric("up", 1).Metric("in", 1e6).Metric("out", 1e6)).Trap("deleted", s => s.State("deleting")).CanDoWithout("up", "in", "out"),
        Case("NET-19", s => s.State("available").Size("vpc").Fact("type", "vpc").Fact("own", true).Fact("gateway", "tgw-1").Quiet()).Living("bytes come in", s => s.Metric("in", d => d == 3 ? 1 : 0)).Trap("billed to another account", s => s.Fact("own", null)).Trap("a peering", s => s.Fact("type", "peering")),
        Case("NET-20", s => s.State("available").Link("associations", "cvpn-1").Fact("association", "cvpn-1").Quiet()).Living("somebody connected", s => s.Metric("connections", d => d == 3 ? 1 : 0)).Trap("no network, so not billed", s => s.Link("associations")),
        Case("NET-21", s => s.State("READY").With(r => r with { Name = "fw", Arn = "arn:fw", Quantity = 2 }).Link("zones", "eu-west-1a", "eu-west-1b").Quiet()).Living("packets", s => s.Metric("packets", d => d == 3 ? 7 : null)).Trap("being made", s => s.State("PROVISIONING")),
        Case("NET-22", s => s.State("DEPLOYED").With(r => r with { Arn = "arn:ga" }).Fact("acceleratorId", "ga-1").Quiet()).Living("a flow", s => s.Metric("flows", d => d == 3 ? 7 : null)).Trap("in progress", s => s.State("IN_PROGRESS")),
        Case("NET-23", s => s.State("available").Size("1Gbps").Metric("up", 0).Metric("in", 0).Metric("out", 0).Link("interfaces", "dxvif-1")).Living("traffic", s => s.Metric("up", 1).Metric("in", 1e6).Metric("out", 1e6)).Trap("ordered, not billed yet", s => s.State("ordering").Link("interfaces")).CanDoWithout("up", "in", "out"),
        Case("NET-24", s => s).Living("a record uses it", s => s.Beside(Kinds.RecordSet, "z/r/A/", r => r.Linking("checks", "it"))).Trap("a calculated check uses it", s => s.Beside(Kinds.HealthCheck, "hc-2", h => h.Linking("checks", "it"))).Trap("a service made it", s => s.Fact("managed", true)),
        Case("NET-25", s => s.Fact("records", 2)).Living("a record of its own", s => s.Fact("records", 3)).Trap("how many records is not told", s => s.Fact("records", null)),
        Case("NET-26", s => s.State("OPERATIONAL").With(r => r with { Quantity = 2 }).Quiet()).Living("queries", s => s.Metric("in", d => d == 3 ? 7 : null)).Trap("being made", s => s.State("CREATING")),
        Case("NET-31", s => s.With(r => r with { Name = "acl" }).Fact("aclId", "1")).Living("it protects something", s => s.Link("resources", "arn:alb")).Trap("Firewall Manager's", s => s.Fact("managed", true)),

        // Databases
        Case("RDS-01", s => s.State("available").Size("db.m5.large").Traits(Gib(100) with { Engine = "postgres", StorageType = "gp3" }).Quiet()).Living("a connection a week", s => s.Metric("connections", d => d % 7 == 0 ? 1 : 0)).Trap("a replica", s => s.Link("source", "db-0")).Trap("a member of a cluster", s => s.Link("cluster", "c-1")),
        Case("RDS-03", s => s.State("available").Fact("engine", "aurora-postgresql").Fact("member", "m-1").Link("members", "m-1").Beside(Kinds.Database, "m-1", d => d with { Size = "db.r5.large", Traits = new ResourceTraits { Engine = "aurora-postgresql" } }).Quiet()).Living("connections", s => s.Metric("connections", d => d == 2 ? 3 : 0)).Trap("secondary of a global database", s => s.Fact("secondary", true)).ForMoney(Kinds.Database),
        Case("RDS-04", s => s.State("available").Fact("leastCapacity", 2).Fact("mostCapacity", 8).Quiet()).Living("connections", s => s.Metric("connections", d => d == 2 ? 3 : 0)).Living("it pauses at nothing", s => s.Fact("leastCapacity", 0)).Trap("not serverless", s => s.Fact("leastCapacity", null)),
        Case("RDS-05", s => s.State("stopped").Size("db.m5.large").Traits(Gib(100) with { Engine = "postgres" }).Beside(Kinds.DatabaseEvent, "restarts/it", e => e.With("count", 2).Linking("databases", "it"))).Living("running", s => s.State("available")).Living("stopped for the first time", s => s.Without(Kinds.DatabaseEvent)).Trap("it came back once", s => s.Beside(Kinds.DatabaseEvent, "restarts/it", e => e.With("count", 1).Linking("databases", "it"))),
        Case("RDS-06", s => s.State("available").Fact("snapshotType", "manual").Traits(Gib(100))).Living("an automated one", s => s.Fact("snapshotType", "automated")).Trap("AWS Backup's", s => s.Owner("backup:arn")),
        Case("RDS-07", s => s.State("available").Fact("snapshotType", "manual").Fact("database", "gone").Traits(Gib(100))).Living("its database is there", s => s.Beside(Kinds.Database, "gone")).Living("its cluster is there", s => s.Beside(Kinds.DatabaseCluster, "gone")).Trap("its database was renamed", s => s.Fact("databaseResourceId", "db-1").Beside(Kinds.Database, "renamed", d => d.With("resourceId", "db-1"))),
        Case("RDS-08", s => Newer(s.State("available").Fact("snapshotType", "manual").Fact("database", "d").Traits(Gib(100)), 5)).Living("one of the newest", s => Newer(s.Without(Kinds.DatabaseSnapshot), 4)).Trap("an automated one", s => s.Fact("snapshotType", "automated")),
        Case("RDS-09", s => s.State("retained").Traits(Gib(100)).SoFor(60)).Living("its database is there", s => s.State("active")).Trap("retained since yesterday", s => s.SoFor(1)),
        Case("RDS-16", s => s.State("available").Quiet()).Living("a client", s => s.Metric("clients", d => d == 2 ? 1 : null)).Trap("being made", s => s.State("creating")),
        Case("DOC-01", s => s.State("available").Fact("engine", "docdb").Fact("member", "m-1").Link("members", "m-1").Beside(Kinds.Database, "m-1", d => d with { Size = "db.r5.large", Traits = new ResourceTraits { Engine = "docdb" } }).Quiet()).Living("connections", s => s.Metric("connections", d => d == 2 ? 3 : 0)).Trap("another engine", s => s.Fact("engine", "neptune")).ForMoney(Kinds.Database),
        Case("NEP-01", s => s.State("available").Fact("engine", "neptune").Link("members", "m-1").Beside(Kinds.Database, "m-1", d => d with { Size = "db.r5.large", Traits = new ResourceTraits { Engine = "neptune" } }).Quiet()).Living("a query in Gremlin", s => s.Metric("gremlin", 0.1)).Trap("queries in openCypher only", s => s.Metric("cypher", 0.1)).ForMoney(Kinds.Database),
        Case("DDB-01", s => s.State("ACTIVE").Size("provisioned").Fact("mode", "provisioned").Traits(new ResourceTraits { ReadCapacity = 10, WriteCapacity = 10 }).Quiet()).Living("read once a month", s => s.Metric("reads", d => d == 25 ? 1 : null)).Trap("a replica of a global table", s => s.Link("replicas", "us-east-1")).Trap("only its index is read", s => s.Link("indexes", "by-name").Metric("indexReads", 3)).CanDoWithout("indexReads"),
        Case("DDB-02", s => s.State("ACTIVE").Size("provisioned").Fact("mode", "provisioned").Fact("table", "t").With(r => r with { Name = "by-name" }).Traits(new ResourceTraits { ReadCapacity = 10, WriteCapacity = 10 }).Quiet().Metric("tableReads", 5)).Living("read", s => s.Metric("reads", d => d == 9 ? 1 : null)).Trap("the table is idle as a whole", s => s.Metric("tableReads", _ => null)),
        Case("DDB-05", s => s.State("ACTIVE").Size("provisioned").Fact("mode", "provisioned").Fact("bytes", 0).Traits(new ResourceTraits { ReadCapacity = 10, WriteCapacity = 10 }).Quiet()).Living("it holds something", s => s.Fact("bytes", 100)).Trap("used as a queue", s => s.Metric("writes", 100)),
        Case("DDB-08", s => s.State("AVAILABLE").Fact("type", "USER").Fact("bytes", 5e10)).Living("AWS Backup's", s => s.Fact("type", "AWS_BACKUP")).Trap("a month old", s => s.Created(30)),
        Case("DAX-01", s => s.State("available").Size("dax.r5.large").Quiet()).Living("requests", s => s.Metric("requests", d => d == 2 ? 3 : 0)).Trap("values for half of the days", s => s.Metric("requests", d => d % 2 == 0 ? 0 : null)),
        Case("EC-01", s => s.State("available").Size("cache.m5.large", 2).Traits(new ResourceTraits { Engine = "redis" }).Fact("engine", "redis").Link("nodes", "it-001", "it-002").Quiet()).Living("a read", s => s.Metric("hits", d => d == 2 ? 3 : 0)).Trap("memcached", s => s.Fact("engine", "memcached")),
        Case("EC-02", s => s.State("available").Traits(new ResourceTraits { Engine = "valkey" }).Quiet()).Living("used", s => s.Metric("units", d => d == 2 ? 3 : null)).Trap("being made", s => s.State("creating")),
        Case("EC-05", s => s.State("available").Fact("source", "manual")).Living("an automatic one", s => s.Fact("source", "automated")).Trap("a week old", s => s.Created(7)).Unpriced(),
        Case("MDB-01", s => s.State("available").Size("db.r6g.large").Quiet()).Living("keys are read", s => s.Metric("hits", d => d == 2 ? 3 : 0)).Trap("being changed", s => s.State("updating")),
        Case("RSH-01", s => s.State("available").Size("ra3.xlplus", 2).Quiet()).Living("a connection a week", s => s.Metric("connections", d => d % 7 == 0 ? 1 : 0)).Trap("paused", s => s.State("paused")),
        Case("RSH-05", s => s.State("available").Fact("snapshotType", "manual").Fact("megabytes", 1e6)).Living("an automated one", s => s.Fact("snapshotType", "automated")).Trap("a month old", s => s.Created(30)),
        Case("RSH-06", s => s.State("AVAILABLE").With(r => r with { Quantity = 8 }).Quiet()).Living("it computed", s => s.Metric("seconds", d => d == 2 ? 3 : null)).Trap("being made", s => s.State("CREATING")).Unpriced(),
        Case("OS-01", s => s.State("active").Size("m5.large.search", 2).Quiet()).Living("searches", s => s.Metric("searches", d => d == 2 ? 3 : 0)).Trap("dashboards poll: CPU at work", s => s.Metric("cpu", 30)),
        Case("OS-02", s => s.State("ACTIVE").Size("redundant").With(r => r with { Name = "c" }).Quiet()).Living("a search", s => s.Metric("searches", d => d == 2 ? 3 : null)).Trap("being made", s => s.State("CREATING")),

        // Storage
        Case("S3-03", s => s.Created(30).Fact("bucket", "b").Fact("key", "k")).Young("begun today", s => s.Created(0.5)).Trap("when it began is not told", s => s.With(r => r with { Created = null }).Past(Past.Unknown)).Unpriced(),
        Case("S3-05", s => s.Metric("bytes", 5e11).Metric("requests", 0)).Living("requests", s => s.Metric("requests", 10)).Living("next to nothing in it", s => s.Metric("bytes", 1000)).Trap("request metrics are off", s => s.NoMetrics().Metric("bytes", 5e11)),
        Case("EFS-01", s => s.State("available").Fact("standardBytes", 1e11).Fact("infrequentBytes", 0).Fact("archiveBytes", 0).Quiet()).Living("a client", s => s.Metric("clients", d => d == 2 ? 3 : null)).Trap("being made", s => s.State("creating")),
        Case("FSX-01", s => s.State("AVAILABLE").Size("windows").Traits(Gib(1000) with { StorageType = "ssd", ThroughputMibps = 32 }).Quiet()).Living("reads", s => s.Metric("reads", d => d == 2 ? 3 : null)).Trap("written by its source", s => s.Metric("writes", 3)),
        Case("FSX-02", s => s.State("AVAILABLE").Fact("type", "USER_INITIATED")).Living("an automatic one", s => s.Fact("type", "AUTOMATIC")).Trap("AWS Backup's", s => s.Owner("backup:arn")).Unpriced(),
        Case("BKP-01", s => s.State("COMPLETED").Fact("source", "arn:gone").Fact("vault", "v").Fact("bytes", 1e11)).Living("its source is there", s => s.Beside(Kinds.ProtectedResource, "arn:gone")).Trap("locked in its vault", s => s.Fact("locked", true)).Trap("what it is of is not told", s => s.Fact("source", null)),
        Case("ECR-02", s => s.Fact("repository", "r").Fact("digest", "sha256:1").Fact("bytes", 1e9).Fact("lastPulled", Ago(200)).Link("names", "x/r:1")).Living("pulled last week", s => s.Fact("lastPulled", Ago(7))).Living("the newest", s => s.Fact("newest", true)).Trap("a service runs it", s => s.Beside(Kinds.EcsService, "c/s", r => r.Linking("images", "x/r:1"))).Trap("a function runs it", s => s.Beside(Kinds.Function, "f", r => r.Linking("images", "x/r:1"))),
        Case("ECR-03", s => s.Fact("repository", "r").Fact("digest", "sha256:1").Fact("bytes", 1e9)).Living("tagged", s => s.Link("tags", "1")).Trap("part of an index", s => s.Fact("besideIndex", true)).Trap("pulled by its digest", s => s.Fact("lastPulled", Ago(1))),
        Case("SGW-01", s => s.State("active").With(r => r with { Arn = "arn:sgw", Name = "g" }).Quiet()).Living("written", s => s.Metric("writes", d => d == 2 ? 3 : null)).Trap("it uploads what was cached", s => s.Metric("uploads", 5)).Unpriced(),
        Case("ART-01", s => s.State("Active").Fact("repositories", 0).Fact("bytes", 0)).Living("a repository", s => s.Fact("repositories", 1)).Trap("what it holds is not told", s => s.Fact("bytes", null)).Unpriced(),

        // Logs and monitoring
        Case("LOG-03", s => s.Fact("bytes", 5e9).Quiet()).Living("written", s => s.Metric("bytes", d => d == 2 ? 3 : null)).Living("it expires by itself", s => s.Fact("retentionDays", 30)).Trap("next to nothing in it", s => s.Fact("bytes", 10)),
        Case("CWA-01", s => s.State("INSUFFICIENT_DATA").Size("standard").Fact("stateSince", Ago(90)).Fact("missingData", "missing")).Living("it works", s => s.State("OK")).Trap("of a scaling policy", s => s.Fact("managed", true)).Trap("of a rare event", s => s.Fact("missingData", "notBreaching")).Trap("without data since yesterday", s => s.Fact("stateSince", Ago(1))),
        Case("CWA-02", s => s.Created(400).Beside(Kinds.Dashboard, "2").Beside(Kinds.Dashboard, "3").Beside(Kinds.Dashboard, "4")).Living("one of the three that are free", s => s.Without(Kinds.Dashboard)).Trap("changed last month", s => s.Created(30)),
        Case("SYN-01", s => s.State("RUNNING").Size("rate(5 minutes)").Quiet()).Living("it succeeds now and then", s => s.Metric("success", d => d == 2 ? 100 : 0)).Trap("stopped", s => s.State("STOPPED")),

        // Containers and functions
        Case("ECS-01", s => s.State("ACTIVE").Size("fargate", 2).Traits(new ResourceTraits { VCpu = 1, MemoryGib = 2 }).Fact("cluster", "c").Fact("service", "s").Fact("fargate", true).Fact("desired", 2).Quiet()).Living("a burst", s => s.Metric("cpu", d => d == 2 ? 30 : 0)).Trap("on machines of its own", s => s.Fact("fargate", false)).Trap("scaled to nothing", s => s.Fact("desired", 0)),
        Case("ECS-03", s => s.State("ACTIVE").Link("instances", "i-1").Fact("running", 0).Fact("pending", 0).Beside(Kinds.Instance, "i-1", i => i with { Size = "m5.large" })).Living("a task", s => s.Fact("running", 1)).Trap("a task waits", s => s.Fact("pending", 1)).ForMoney(Kinds.Instance),
        Case("EKS-01", s => s.State("ACTIVE").Fact("nodes", 0).Fact("profiles", 0)).Living("nodes", s => s.Fact("nodes", 2)).Living("a Fargate profile", s => s.Fact("profiles", 1)).Trap("Karpenter's nodes", s => s.Beside(Kinds.Instance, "i-1", i => i with { State = "running", Tags = new Dictionary<string, string> { ["kubernetes.io/cluster/it"] = "owned" } })).Trap("Auto Mode", s => s.Fact("auto", true)),
        Case("LAM-01", s => s.Quiet()).Living("called once", s => s.Metric("calls", d => d == 60 ? 1 : null)).Trap("a queue calls it", s => s.Beside(Kinds.FunctionTrigger, "u", t => t.Linking("functions", "it"))).Trap("at the edge", s => s.Fact("edge", true)).Unpriced(),
        Case("LAM-02", s => s.State("READY").With(r => r with { Quantity = 10 }).Traits(new ResourceTraits { MemoryGib = 1 }).Fact("function", "f").Fact("qualifier", "live").Fact("resource", "f:live").Quiet()).Living("used", s => s.Metric("calls", d => d == 2 ? 1 : null)).Trap("being set up", s => s.State("IN_PROGRESS")),
        Case("LAM-07", s => s.Fact("function", "f").Fact("version", "3").Fact("snapped", true)).Living("an alias leads to it", s => s.Fact("aliased", true)).Trap("no snapshot", s => s.Fact("snapped", null)).Trap("the newest", s => s.Fact("newest", true)).Unpriced(),
        Case("RUN-01", s => s.State("RUNNING").With(r => r with { Name = "n", Arn = "arn:run" }).Traits(new ResourceTraits { MemoryGib = 2 }).Fact("serviceId", "s").Quiet()).Living("a request", s => s.Metric("requests", d => d == 2 ? 1 : null)).Trap("paused", s => s.State("PAUSED")),
        Case("APG-01", s => s.State("available").Size("0.5").Fact("api", "a").Fact("apiId", "1").Fact("stage", "prod").Quiet()).Living("requests", s => s.Metric("requests", d => d == 2 ? 1 : null)).Trap("being made", s => s.State("create_in_progress")),

        // Data and streams
        Case("EMR-01", s => s.State("WAITING").Size("m5.xlarge", 3).Metric("idle", 1)).Living("it worked", s => s.Metric("idle", d => d == 0 ? 0 : 1)).Trap("it ends itself", s => s.Fact("endsItself", true)),
        Case("EMR-03", s => s.State("STARTED").Size("kept-ready").Traits(new ResourceTraits { VCpu = 8, MemoryGib = 32 }).Quiet()).Living("workers ran", s => s.Metric("running", d => d == 0 ? 2 : null)).Trap("it stops itself", s => s.Fact("stopsItself", true)).Trap("nothing kept ready", s => s.Traits(ResourceTraits.None)),
        Case("GLU-01", s => s.State("READY").Size("G.1X", 2)).Living("failed", s => s.State("FAILED")).Trap("made an hour ago", s => s.Created(0.04)),
        Case("GLU-02", s => s.State("READY").Size("G.1X", 2)).Living("stopped", s => s.State("STOPPED")).Trap("made an hour ago", s => s.Created(0.04)),
        Case("MWA-01", s => s.State("AVAILABLE").Size("mw1.small").Quiet()).Living("a task", s => s.Metric("tasks", d => d == 2 ? 1 : 0)).Trap("tasks that only wait", s => s.Metric("queued", 2)),
        Case("KIN-01", s => s.State("ACTIVE").Size("provisioned", 4).Quiet()).Living("a record", s => s.Metric("puts", d => d == 2 ? 1 : null)).Trap("old records are read", s => s.Metric("reads", 5)),
        Case("KIN-02", s => s.State("ACTIVE").Size("provisioned", 4).With(r => r with { Arn = "arn:stream" }).Quiet().Metric("puts", 100)).Living("read", s => s.Metric("reads", 10)).Trap("subscribed to", s => s.Beside(Kinds.StreamConsumer, "c", c => c.Linking("streams", "it"))).Trap("a function reads it", s => s.Beside(Kinds.FunctionTrigger, "u", t => t.Linking("streams", "arn:stream"))),
        Case("KIN-03", s => s.State("ACTIVE").With(r => r with { Name = "n", Arn = "arn:consumer" }).Fact("stream", "s").Fact("shards", 4).Quiet()).Living("records", s => s.Metric("records", d => d == 2 ? 1 : null)).Trap("being registered", s => s.State("CREATING")),
        Case("FLI-01", s => s.State("RUNNING").With(r => r with { Quantity = 2 }).Quiet()).Living("records", s => s.Metric("records", d => d == 2 ? 1 : null)).Trap("stopped", s => s.State("READY")),
        Case("MSK-01", s => s.State("ACTIVE").Size("kafka.m5.large", 3).With(r => r with { Name = "k", Arn = "arn:k" }).Fact("type", "PROVISIONED").Link("brokers", "1", "2", "3").Quiet()).Living("traffic", s => s.Metric("in", 5000)).Trap("serverless", s => s.Fact("type", "SERVERLESS")),
        Case("AMQ-01", s => s.State("RUNNING").Size("mq.t3.micro").Fact("engine", "ActiveMQ").Fact("brokerId", "b-1").Fact("dimension", "b-1").Quiet()).Living("a consumer", s => s.Metric("consumers", d => d == 2 ? 1 : 0)).Trap("RabbitMQ", s => s.Fact("engine", "RabbitMQ")),
        Case("TRF-01", s => s.State("ONLINE").Quiet()).Living("a file at the end of the month", s => s.Metric("files", d => d == 28 ? 1 : null)).Trap("being made", s => s.State("STARTING")),
        Case("DMS-01", s => s.State("available").Size("dms.t3.medium").With(r => r with { Arn = "arn:dms" })).Living("a task runs", s => s.Beside(Kinds.ReplicationTask, "t", t => In("running")(t).Linking("instances", "arn:dms"))).Trap("a task starts", s => s.Beside(Kinds.ReplicationTask, "t", t => In("starting")(t).Linking("instances", "arn:dms"))),

        // Security, identity
        Case("SEC-01", s => s.With(r => r with { Arn = "arn:secret" }).Fact("lastRead", Ago(200))).Living("read last week", s => s.Fact("lastRead", Ago(7))).Trap("a service owns it", s => s.Link("service", "rds")).Trap("never read, and new", s => s.Fact("lastRead", null).Created(10)),
        Case("KMS-01", s => s.State("Enabled").Fact("manager", "CUSTOMER").Fact("lastUsed", Ago(200))).Living("used last week", s => s.Fact("lastUsed", Ago(7))).Trap("AWS's own", s => s.Fact("manager", "AWS")).Trap("AWS has only begun to track", s => s.Fact("lastUsed", null).Fact("trackedSince", Ago(10))),
        Case("DIR-01", s => s.State("Active").Size("microsoft-ad standard")).Living("WorkSpaces use it", s => s.Beside(Kinds.WorkSpace, "ws-1", w => w.Linking("directories", "it"))).Living("a database uses it", s => s.Beside(Kinds.Database, "db", w => w.Linking("directories", "it"))).Trap("shared", s => s.Fact("shared", true)),
        Case("HSM-01", s => s.State("ACTIVE").With(r => r with { Quantity = 2 }).Link("modules", "h-1", "h-2").Fact("module", "h-1").Metric("sessions", 3)).Living("sessions", s => s.Metric("sessions", 20)).Trap("no modules", s => s.Link("modules")),
        Case("PCA-01", s => s.State("ACTIVE").Size("general-purpose").With(r => r with { Arn = "arn:ca" }).Fact("type", "SUBORDINATE")).Living("it issues", s => s.Beside(Kinds.IssuedCertificate, "e", e => e.Linking("authorities", "arn:ca"))).Trap("a root", s => s.Fact("type", "ROOT")),

        // Desktops
        Case("WS-01", s => s.State("AVAILABLE").Size("standard").Traits(new ResourceTraits { Variant = "always_on" }).Fact("mode", "ALWAYS_ON").Fact("lastConnected", Ago(100))).Living("connected last month", s => s.Fact("lastConnected", Ago(30))).Trap("stops by itself", s => s.Fact("mode", "AUTO_STOP")).Trap("new, and never connected", s => s.Fact("lastConnected", null).Created(3)),
        Case("WS-02", s => s.State("AVAILABLE").Size("standard").Traits(new ResourceTraits { Variant = "auto_stop" }).Fact("lastConnected", Ago(200))).Living("connected last month", s => s.Fact("lastConnected", Ago(30))).Trap("being ended", s => s.State("TERMINATING")),
        Case("APS-01", s => s.State("RUNNING").Fact("type", "ALWAYS_ON").Quiet()).Living("a session", s => s.Metric("used", d => d == 2 ? 1 : 0)).Trap("on demand", s => s.Fact("type", "ON_DEMAND")).Unpriced(),
        Case("APS-02", s => s.State("RUNNING")).Living("stopped", s => s.State("STOPPED")).Trap("begun an hour ago", s => s.Created(0.04)).Unpriced(),

        // Machine learning
        Case("SM-01", s => s.State("InService").Size("ml.m5.large").Fact("parts", "ml.m5.large*2").Link("variants", "v1").Quiet()).Living("a call", s => s.Metric("calls", d => d == 2 ? 1 : null)).Trap("serverless", s => s.Fact("serverless", true)).Trap("inference components", s => s.Fact("components", true)),
        Case("SM-02", s => s.State("InService").Size("ml.t3.medium").Fact("changed", Ago(30))).Living("stopped", s => s.State("Stopped")).Trap("started yesterday", s => s.Fact("changed", Ago(1))),
        Case("SM-03", s => s.State("InService").Size("ml.t3.medium").Fact("domain", "d").Fact("user", "u").Fact("type", "KernelGateway").Fact("app", "a").Fact("lastActive", Ago(9))).Living("active today", s => s.Fact("lastActive", Ago(0.1))).Trap("its server is free", s => s.Fact("type", "JupyterServer")).Trap("activity is not told", s => s.Fact("lastActive", null)),
        Case("SM-04", s => s.State("InService").Link("fileSystems", "fs-1").Beside(Kinds.FileSystem, "fs-1", f => f.With("bytes", 1e11))).Living("an app", s => s.Beside(Kinds.StudioApp, "a", a => a.Linking("domains", "it"))).Trap("being made", s => s.State("Pending")).ForMoney(Kinds.FileSystem),
        Case("SM-05", s => s.State("InProgress").Size("ml.p3.2xlarge")).Living("completed", s => s.State("Completed")).Trap("begun an hour ago", s => s.Created(0.04)),
        Case("SM-06", s => s.State("InProgress").Size("ml.m5.large")).Living("completed", s => s.State("Completed")).Trap("begun an hour ago", s => s.Created(0.04)),
        Case("BED-01", s => s.State("InService").Size("anthropic.claude-v2:1").With(r => r with { Arn = "arn:pt" }).Quiet()).Living("a call", s => s.Metric("calls", d => d == 2 ? 1 : null)).Trap("calls that are refused", s => s.Metric("refused", 2)).Trap("committed for months", s => s.Fact("committedUntil", RuleScene.Now.AddDays(60))),
        Case("CMP-01", s => s.State("IN_SERVICE").With(r => r with { Arn = "arn:c" }).Quiet()).Living("a call", s => s.Metric("units", d => d == 2 ? 1 : null)).Trap("being made", s => s.State("CREATING")).Unpriced(),
        Case("REK-01", s => s.State("RUNNING").With(r => r with { Arn = "arn:m" })).Living("stopped", s => s.State("STOPPED")).Trap("made an hour ago", s => s.Created(0.04)),
        Case("PER-01", s => s.State("ACTIVE").With(r => r with { Arn = "arn:p" }).Quiet()).Living("a call", s => s.Metric("calls", d => d == 2 ? 1 : null)).Trap("asked for rankings only", s => s.Metric("rankings", 3)).Unpriced(),
        Case("KEN-01", s => s.State("ACTIVE").Size("enterprise_edition").Quiet()).Living("a question", s => s.Metric("queries", d => d == 2 ? 1 : null)).Trap("being made", s => s.State("CREATING")),

        // Media, games, Lightsail
        Case("GML-01", s => s.State("ACTIVE").Size("c5.large").Fact("instances", 2).Quiet()).Living("a game", s => s.Metric("sessions", d => d == 2 ? 1 : 0)).Trap("no instances", s => s.Fact("instances", 0)),
        Case("MDL-01", s => s.State("RUNNING").Link("pipelines", "0", "1").Quiet()).Living("input", s => s.Metric("in", 5)).Trap("not running", s => s.State("IDLE")).Unpriced(),
        Case("LSL-01", s => s.Fact("attached", false)).Living("attached", s => s.Fact("attached", true)).Trap("whether it is attached is not told", s => s.Fact("attached", null)),
        Case("LSL-02", s => s.State("available").Fact("attached", false)).Living("attached", s => s.Fact("attached", true)).Trap("in use", s => s.State("in-use")).Unpriced(),
        Case("LSL-03", s => s.State("active")).Living("instances", s => s.Link("instances", "i")).Trap("being made", s => s.State("provisioning")),
    ];

    private static RuleScene Newer(RuleScene scene, int count)
    {
        for (var i = 1; i <= count; i++)
            scene.Beside(Kinds.DatabaseSnapshot, $"newer-{i}", other => (other with { Created = Ago(i) }).With("snapshotType", "manual").With("database", "d"));
        return scene;
    }
}
