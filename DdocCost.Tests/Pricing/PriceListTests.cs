using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using DdocCost.Domain.Normalise;
using DdocCost.Domain.Pricing;
using Xunit;

namespace DdocCost.Tests.Pricing;

/// <summary>A price list that a finance person can read: what each kind of resource costs and how the figure came about.</summary>
public class PriceListTests
{
    [Fact]
    public void Prices_as_in_the_approved_price_list()
    {
        var received = Render(Samples());
        var approved = Path.Combine(Folder(), "price-list.approved.txt");
        var expected = File.Exists(approved) ? File.ReadAllText(approved) : "";

        if (received != expected)
            File.WriteAllText(Path.Combine(Folder(), "price-list.received.txt"), received);
        Assert.Equal(expected, received);
    }

    private static IEnumerable<(string Region, ResourceChange Change)> Samples()
    {
        const string home = "us-east-1", ireland = "eu-west-1", brazil = "sa-east-1";
        yield return (home, Of("ec2:instance", "t3.micro"));
        yield return (home, Of("ec2:instance", "m5.large", 3));
        yield return (ireland, Of("ec2:instance", "m5.large"));
        yield return (home, Of("ec2:instance", "p5.48xlarge"));
        yield return (brazil, Of("ec2:instance", "g5.48xlarge", 4));
        yield return (home, Of("ec2:instance", "m5.large", traits: new() { OperatingSystem = "windows" }));
        yield return (home, Of("ec2:instance", "t3.large", traits: new() { OperatingSystem = "windows" }));
        yield return (home, Of("ec2:instance", "m5.large", traits: new() { OperatingSystem = "rhel" }));
        yield return (home, Of("ec2:instance", "c5.xlarge", 10, new() { Spot = true }));
        yield return (home, Of("ec2:instance", "m5.large", traits: new() { Tenancy = "dedicated" }));
        yield return (home, Of("ec2:instance", "m5.large", traits: new() { Tenancy = "host" }));
        yield return (home, Of("ec2:instance", "m5.large", traits: new() { StorageGib = 100, StorageType = "gp3" }));
        yield return (home, Of("ec2:instance", "m9g.4xlarge"));
        yield return (home, Of("ec2:instance", "m11g.4xlarge"));
        yield return ("ca-south-3r", Of("ec2:instance", "m5.large"));
        yield return ("", Of("ec2:instance", "m5.large"));
        yield return (home, Of("ec2:instance", "quantum.large"));
        yield return (home, Of("ec2:instance"));
        yield return (home, Of("ec2:host", "c5"));
        yield return (home, Of("ec2:host", "m5.large"));
        yield return (home, Of("ec2:capacity-reservation", "p4d.24xlarge", 2));
        yield return (home, Of("ec2:spot-request", "c5.xlarge", 4));
        yield return (home, Of("ec2:volume", "gp3", traits: new() { StorageGib = 500, Iops = 3000, ThroughputMibps = 125 }));
        yield return (home, Of("ec2:volume", "gp3", 2, new() { StorageGib = 500, Iops = 16000, ThroughputMibps = 1000 }));
        yield return (home, Of("ec2:volume", "gp2", traits: new() { StorageGib = 100 }));
        yield return (home, Of("ec2:volume", "io1", traits: new() { StorageGib = 100, Iops = 5000 }));
        yield return (home, Of("ec2:volume", "io2", traits: new() { StorageGib = 16384, Iops = 64000 }));
        yield return (home, Of("ec2:volume", "io2", 2, new() { StorageGib = 1000, Iops = 100000 }));
        yield return (home, Of("ec2:volume", "st1", traits: new() { StorageGib = 1000 }));
        yield return (home, Of("ec2:volume", "sc1", traits: new() { StorageGib = 1000 }));
        yield return (home, Of("ec2:volume", "standard", traits: new() { StorageGib = 1000 }));
        yield return (home, Of("ec2:volume", "gp3"));
        yield return (home, Of("ec2:snapshot", traits: new() { StorageGib = 200 }));
        yield return (home, Of("ec2:image"));
        yield return (home, Of("vpc:nat-gateway"));
        yield return (brazil, Of("vpc:nat-gateway", quantity: 40));
        yield return (home, Of("vpc:public-ipv4", quantity: 2));
        yield return (home, Of("vpc:interface-endpoint", "Interface", 3));
        yield return (home, Of("vpc:interface-endpoint", "GatewayLoadBalancer"));
        yield return (home, Of("vpc:transit-gateway-attachment"));
        yield return (home, Of("vpc:vpn-connection"));
        yield return (home, Of("vpc:client-vpn-association"));
        yield return (home, Of("rds:db", "db.t3.medium", traits: new() { Engine = "postgres", StorageGib = 100, StorageType = "gp3" }));
        yield return (home, Of("rds:db", "db.r5.24xlarge", traits: new() { Engine = "postgres", MultiAz = true, StorageGib = 1000, StorageType = "gp3", Iops = 20000 }));
        yield return (home, Of("rds:db", "db.r5.large", traits: new() { Engine = "mysql", StorageGib = 200, StorageType = "io1", Iops = 2000 }));
        yield return (home, Of("rds:db", "db.m5.large", traits: new() { Engine = "mariadb", StorageGib = 20, StorageType = "gp2" }));
        yield return (home, Of("rds:db", "db.r8g.2xlarge", traits: new() { Engine = "postgres" }));
        yield return (ireland, Of("rds:db", "db.m5.large", traits: new() { Engine = "sqlserver-se" }));
        yield return (home, Of("rds:db", "db.m5.large", traits: new() { Engine = "oracle-se2" }));
        yield return (home, Of("rds:db", "db.r6g.large", traits: new() { Engine = "aurora-postgresql", StorageGib = 1 }));
        yield return (home, Of("rds:db", "db.r5.large", traits: new() { Engine = "docdb" }));
        yield return (home, Of("rds:db", "db.r5.large", traits: new() { Engine = "neptune" }));
        yield return (home, Of("rds:db", "db.serverless", traits: new() { Engine = "aurora-mysql" }));
        yield return (home, Of("rds:db", "db.r5.large"));
        yield return (home, Of("rds:cluster"));
        yield return (home, Of("rds:snapshot", traits: new() { StorageGib = 200 }));
        yield return (home, Of("rds:proxy"));
        yield return (home, Of("elb:load-balancer", "application"));
        yield return (ireland, Of("elb:load-balancer", "network"));
        yield return (home, Of("elb:load-balancer", "gateway"));
        yield return (home, Of("elb:load-balancer", "classic"));
        yield return (home, Of("elasticache:node", "cache.r6g.large", 2, new() { Engine = "redis" }));
        yield return (home, Of("elasticache:node", "cache.r6g.large", 2, new() { Engine = "valkey" }));
        yield return (home, Of("elasticache:node", "cache.m5.large", 3, new() { Engine = "memcached" }));
        yield return (home, Of("redshift:cluster", "ra3.xlplus", 2));
        yield return (home, Of("redshift:cluster", "ra3.16xlarge", 16));
        yield return (home, Of("sagemaker:endpoint", "ml.m5.xlarge"));
        yield return (ireland, Of("sagemaker:endpoint", "ml.p4d.24xlarge", 2));
        yield return (home, Of("sagemaker:training-job", "ml.g6e.xlarge", traits: new() { StorageGib = 50, MaxHours = 4 }));
        yield return (home, Of("sagemaker:notebook", "ml.t3.medium"));
        yield return (home, Of("sagemaker:endpoint"));
        yield return (home, Of("eks:cluster"));
        yield return (home, Of("eks:nodegroup", "m5.2xlarge", 120));
        yield return (home, Of("autoscaling:group", quantity: 20));
        yield return (home, Of("ecs:service", "fargate", 4, new() { VCpu = 0.5m, MemoryGib = 1 }));
        yield return (home, Of("ecs:service", "fargate", 4, new() { VCpu = 0.5m, MemoryGib = 1, Variant = "arm64" }));
        yield return (home, Of("ecs:service", "fargate-spot", 4, new() { VCpu = 0.5m, MemoryGib = 1 }));
        yield return (home, Of("ecs:service", "ec2", 4, new() { VCpu = 0.5m, MemoryGib = 1 }));
        yield return (home, Of("ecs:service", "fargate", 4));
        yield return (home, Of("ecs:service", "fargate", 0));
        yield return (home, Of("opensearch:domain", "r6g.large.search", 3, new() { StorageGib = 100, StorageType = "gp3" }));
        yield return (home, Of("opensearch:domain", "m4.large.elasticsearch", 2));
        yield return (home, Of("lambda:provisioned-concurrency", quantity: 100, traits: new() { MemoryGib = 2 }));
        yield return (home, Of("lambda:provisioned-concurrency", quantity: 100));
        yield return (home, Of("dynamodb:table", "provisioned", traits: new() { ReadCapacity = 1000, WriteCapacity = 500 }));
        yield return (home, Of("dynamodb:table", "on-demand"));
        yield return (home, Of("acm-pca:authority", "general-purpose"));
        yield return (home, Of("bedrock:provisioned-throughput", "anthropic.claude-3-sonnet-20240229-v1:0:28k", 2));
        yield return (home, Of("bedrock:provisioned-throughput", "some.new-model"));
        yield return (home, Of("cloudhsm:hsm"));
        yield return (home, Of("dms:replication-instance", "dms.c5.large", traits: new() { MultiAz = true }));
        yield return (home, Of("ds:directory", "microsoft-ad enterprise"));
        yield return (home, Of("ds:directory", "ad-connector small"));
        yield return (home, Of("efs:file-system", "provisioned", traits: new() { ThroughputMibps = 100 }));
        yield return (home, Of("efs:file-system", "bursting"));
        yield return (home, Of("emr:cluster", "m5.xlarge", 10));
        yield return (home, Of("emr:cluster", "r5.24xlarge", 10));
        yield return (home, Of("fsx:file-system", "lustre", traits: new() { StorageGib = 2400, Variant = "persistent_2", ThroughputMibps = 250 }));
        yield return (home, Of("fsx:file-system", "windows", traits: new() { StorageGib = 1000, StorageType = "ssd", ThroughputMibps = 64, MultiAz = true }));
        yield return (home, Of("globalaccelerator:accelerator"));
        yield return (home, Of("glue:job-run", "G.2X", 10));
        yield return (home, Of("glue:session", "DPU", 5));
        yield return (home, Of("kendra:index", "developer_edition"));
        yield return (home, Of("kinesis:stream", "provisioned", 10));
        yield return (home, Of("kinesis:stream", "on-demand"));
        yield return (home, Of("kms:key"));
        yield return (home, Of("memorydb:node", "db.r6g.large", 4));
        yield return (home, Of("mq:broker", "mq.m5.large", 3, new() { Engine = "rabbitmq" }));
        yield return (home, Of("msk:cluster", "kafka.m5.large", 3, new() { StorageGib = 1000 }));
        yield return (home, Of("msk:cluster", "serverless"));
        yield return (home, Of("mwaa:environment", "mw1.medium"));
        yield return (home, Of("network-firewall:endpoint", quantity: 3));
        yield return (home, Of("route53:resolver-endpoint", quantity: 2));
        yield return (home, Of("secretsmanager:secret"));
        yield return (home, Of("transfer:server", quantity: 2));
        yield return (home, Of("workspaces:workspace", "power", 20));
        yield return (home, Of("workspaces:workspace", "standard", 20, new() { Variant = "auto_stop" }));
        yield return (home, Of("ec2:fast-snapshot-restore", quantity: 3));
        yield return (home, Of("rds:db", "db.t2.micro", traits: new() { Engine = "mysql" }));
        yield return (home, Of("redshift:cluster", "dc1.large"));
        yield return (home, Of("redshift:serverless-workgroup", quantity: 128));
        yield return (home, Of("braket:quantum-computer", "ionq"));
    }

    private static ResourceChange Of(string type, string? size = null, decimal quantity = 1, ResourceTraits? traits = null) =>
        new() { Action = ResourceAction.Start, ResourceType = type, Size = size, Quantity = quantity, Traits = traits ?? ResourceTraits.None };

    private static string Render(IEnumerable<(string Region, ResourceChange Change)> samples)
    {
        var text = new StringBuilder("What each resource costs in USD per hour at on-demand list prices, and how the figure came about. A month counts 730 hours.\n");
        foreach (var (region, change) in samples)
        {
            var cost = PricedResources.Price(change, region, PriceBook.Embedded);
            text.Append(CultureInfo.InvariantCulture, $"\n{change.Quantity:0.##} x {change.ResourceType} {change.Size}{(change.Size is null ? "" : " ")}[{(region.Length == 0 ? "no region" : region)}]");
            text.Append(Told(change.Traits) is { Length: > 0 } told ? $" {told}\n" : "\n");
            foreach (var line in cost.Lines)
                text.Append(CultureInfo.InvariantCulture, $"    {line.UsdPerHour,12:0.000000} USD/h = {line.Quantity:0.####} {line.Unit} x {line.UsdPerUnit:0.##########} USD   {line.Sku}\n");
            text.Append(cost.UsdPerHour is { } rate ? string.Create(CultureInfo.InvariantCulture, $"    {rate,12:0.000000} USD/h in all, confidence {cost.Confidence}") : "        unpriced");
            text.Append(cost.Note is null ? "\n" : $": {cost.Note}\n");
        }

        return text.ToString();
    }

    private static string Told(ResourceTraits traits)
    {
        string?[] told =
        [
            traits.Engine, traits.OperatingSystem, traits.Tenancy, traits.Spot ? "spot" : null, traits.MultiAz ? "Multi-AZ" : null, With(traits.StorageGib, "GiB"),
            traits.StorageType, With(traits.Iops, "IOPS"), With(traits.ThroughputMibps, "MiB/s"), With(traits.VCpu, "vCPU"), With(traits.MemoryGib, "GiB memory"),
            With(traits.ReadCapacity, "RCU"), With(traits.WriteCapacity, "WCU"), traits.Variant,
        ];
        return string.Join(", ", told.Where(part => part is not null));
    }

    private static string? With(decimal? number, string unit) => number is null ? null : string.Create(CultureInfo.InvariantCulture, $"{number:0.##} {unit}");

    private static string Folder([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
