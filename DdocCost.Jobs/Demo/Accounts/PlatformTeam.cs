using DdocCost.Jobs.Demo.Calls;
using DdocCost.Jobs.Demo.Trail;

namespace DdocCost.Jobs.Demo.Accounts;

/// <summary>Infrastructure as code: Terraform makes few and varied changes, and previews that stand for some days.</summary>
public sealed class PlatformTeam(ulong seed) : AccountLife(new Account(seed, "platform-team", "us-east-1", ["ivo", "jasmin", "matteo"]))
{
    /// <summary>The shared Kubernetes cluster: name, node group, nodes.</summary>
    public static readonly (string Cluster, string Group, int Nodes) Kubernetes = ("shared", "general", 4);

    /// <summary>The function kept warm: name, memory in MiB, instances.</summary>
    public static readonly (string Name, int MemoryMib, int Instances) Gateway = ("gateway-authorizer", 512, 10);

    private int _previews;

    /// <summary>A run of the account's Terraform pipeline.</summary>
    public Caller Terraform(Dice dice) => TerraformRun(dice);

    /// <inheritdoc/>
    public override void Begin(Day day, CallLog log)
    {
        var (at, who) = (day.At(0.5), TerraformRun(log.Dice));
        log.CreateEksCluster(at, who, Kubernetes.Cluster);
        log.CreateNatGateway(at.AddMinutes(1), who, log.AllocateAddress(at, who));
        log.CreateFunction(at.AddMinutes(2), who, Gateway.Name, Gateway.MemoryMib);
        log.PutProvisionedConcurrency(at.AddMinutes(3), who, Gateway.Name, Gateway.Instances);
        log.CreateReplicationGroup(at.AddMinutes(4), who, "sessions", "cache.t4g.medium", shards: 1, replicas: 1);
    }

    /// <inheritdoc/>
    public override void Live(Day day, CallLog log, Labels labels)
    {
        if (!day.IsWorkday)
        {
            return;
        }

        for (var runs = log.Dice.Arrivals(1.2); runs > 0; runs--)
        {
            Preview(day.At(log.Dice.Between(7, 17)), log);
        }

        if (log.Dice.Chance(0.25))
        {
            log.CreateVolume(day.At(log.Dice.Between(8, 16)), TerraformRun(log.Dice), "gp3", log.Dice.Pick(50, 100, 200));
        }

        if (log.Dice.Chance(0.3))
        {
            var nodes = Kubernetes.Nodes + log.Dice.Whole(-1, 2);
            log.UpdateNodegroupConfig(day.At(log.Dice.Between(8, 16)), TerraformRun(log.Dice), Kubernetes.Cluster, Kubernetes.Group, nodes, most: 12);
        }
    }

    /// <summary>A branch gets a load balancer, two tasks and a small database, until it is merged.</summary>
    private void Preview(DateTimeOffset at, CallLog log)
    {
        var who = TerraformRun(log.Dice);
        var name = $"preview-{++_previews}";
        var balancer = log.CreateLoadBalancer(at, who, name);
        log.RegisterTaskDefinition(at.AddSeconds(9), who, name, 256, 512, 1);
        log.CreateService(at.AddSeconds(21), who, "previews", name, name, 1, tasks: 2);
        log.CreateDbInstance(at.AddSeconds(33), who, name, "db.t4g.micro", gib: 20);

        var (end, destroyer) = (at.AddHours(log.Dice.Between(5, 60)), TerraformRun(log.Dice));
        log.DeleteDbInstance(end, destroyer, name, "db.t4g.micro", gib: 20);
        log.DeleteService(end.AddSeconds(12), destroyer, "previews", name, name, 1);
        log.DeleteLoadBalancer(end.AddSeconds(25), destroyer, balancer);
    }
}
