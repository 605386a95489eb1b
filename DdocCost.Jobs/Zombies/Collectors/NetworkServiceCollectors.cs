using DdocCost.Domain.Zombies;

namespace DdocCost.Jobs.Zombies.Collectors;

/// <summary>Network services with an API of their own.</summary>
internal static class NetworkServiceCollectors
{
    public static readonly IReadOnlyList<Collector> All =
    [
        new(Kinds.Firewall, Firewalls),
        Collector.Of(Kinds.Accelerator, "globalaccelerator:ListAccelerators", "Accelerators", (aws, x) => aws.Make(x.Text("AcceleratorArn")) is not { } made ? null
            : (made with { Name = x.Text("Name"), Arn = made.Id, State = x.Text("Status"), Created = x.Time("CreatedTime") }).With("acceleratorId", made.Id.Split('/')[^1]).With("enabled", x.Flag("Enabled"))),
        new(Kinds.DirectConnect, Ports),
        Collector.Of(Kinds.ResolverEndpoint, "route53resolver:ListResolverEndpoints", "ResolverEndpoints", (aws, x) => aws.Make(x.Text("Id")) is not { } made ? null
            : made with { Name = x.Text("Name"), Arn = x.Text("Arn"), State = x.Text("Status"), Created = x.Time("CreationTime"), Quantity = x.Number("IpAddressCount") ?? 2 }),
        new(Kinds.WebAcl, WebAcls),
    ];

    private static async IAsyncEnumerable<Resource?> Firewalls(RegionReader aws)
    {
        await foreach (var listed in aws.Items("network-firewall:ListFirewalls", "Firewalls"))
        {
            if (listed.Text("FirewallArn") is not { } arn)
                continue;
            var answer = await aws.AskAsync("network-firewall:DescribeFirewall", "Firewall", ("FirewallArn", arn));
            var x = answer["Firewall"];
            var zones = answer["FirewallStatus"]["SyncStates"].Members.Select(zone => zone.Name).ToList();
            if (aws.Make(x.Text("FirewallName"), x.Tags("Tags")) is { } made)
            {
                yield return (made with { Arn = arn, Name = made.Id, State = answer["FirewallStatus"].Text("Status"), Quantity = Math.Max(1, zones.Count) })
                    .Linking("zones", zones);
            }
        }
    }

    private static async IAsyncEnumerable<Resource?> Ports(RegionReader aws)
    {
        var interfaces = await aws.Items("directconnect:DescribeVirtualInterfaces", "virtualInterfaces").ToListAsync(aws.Stop);
        await foreach (var x in aws.Items("directconnect:DescribeConnections", "connections"))
        {
            if (aws.Make(x.Text("connectionId"), x.Tags("tags")) is { } made)
            {
                yield return (made with { Name = x.Text("connectionName"), State = x.Text("connectionState"), Size = x.Text("bandwidth") })
                    .With("partner", x.Text("partnerName"))
                    .Linking("interfaces", interfaces.Where(one => one.Text("connectionId") == made.Id).Select(one => one.Text("virtualInterfaceId")));
            }
        }
    }

    private static async IAsyncEnumerable<Resource?> WebAcls(RegionReader aws)
    {
        await foreach (var x in aws.Items("wafv2:ListWebACLs", "WebACLs", ("Scope", "REGIONAL")))
        {
            if (aws.Make(x.Text("Id")) is not { } made || x.Text("ARN") is not { } arn)
                continue;
            var protectedOnes = new List<string>();
            foreach (var type in new[] { "APPLICATION_LOAD_BALANCER", "API_GATEWAY", "APPSYNC", "COGNITO_USER_POOL", "APP_RUNNER_SERVICE", "VERIFIED_ACCESS_INSTANCE" })
                protectedOnes.AddRange((await aws.PartAsync("wafv2:ListResourcesForWebACL", "ResourceArns", ("WebACLArn", arn), ("ResourceType", type))).All.Select(item => item.Value).OfType<string>());
            yield return (made with { Name = x.Text("Name"), Arn = arn })
                .With("aclId", made.Id)
                .With("managed", x.Text("Name")?.StartsWith("FMManagedWebACL", StringComparison.Ordinal) == true ? true : null)
                .Linking("resources", protectedOnes);
        }
    }
}
