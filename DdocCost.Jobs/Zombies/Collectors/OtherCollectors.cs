using DdocCost.Domain.Zombies;

namespace DdocCost.Jobs.Zombies.Collectors;

/// <summary>Games, media, Lightsail.</summary>
internal static class OtherCollectors
{
    public static readonly IReadOnlyList<Collector> All =
    [
        new(Kinds.GameFleet, GameFleets),
        Collector.Of(Kinds.MediaChannel, "medialive:ListChannels", "channels", (aws, x) => aws.Make(x.Text("id"), x.Tags("tags")) is not { } made ? null
            : (made with { Name = x.Text("name"), Arn = x.Text("arn"), State = x.Text("state") }).Linking("pipelines", x.Text("channelClass") == "SINGLE_PIPELINE" ? ["0"] : ["0", "1"])),
        Collector.Of(Kinds.StaticIp, "lightsail:GetStaticIps", "staticIps", (aws, x) => aws.Make(x.Text("name")) is not { } made ? null
            : (made with { Arn = x.Text("arn"), Created = x.Time("createdAt") }).With("attached", x.Flag("isAttached")).With("address", x.Text("ipAddress"))),
        Collector.Of(Kinds.LightsailDisk, "lightsail:GetDisks", "disks", (aws, x) => aws.Make(x.Text("name"), x.Tags("tags")) is not { } made ? null
            : (made with { Arn = x.Text("arn"), State = x.Text("state"), Created = x.Time("createdAt") }).With("attached", x.Flag("isAttached")).With("gib", x.Number("sizeInGb"))),
        Collector.Of(Kinds.LightsailBalancer, "lightsail:GetLoadBalancers", "loadBalancers", (aws, x) => aws.Make(x.Text("name"), x.Tags("tags")) is not { } made ? null
            : (made with { Arn = x.Text("arn"), State = x.Text("state"), Created = x.Time("createdAt") }).Linking("instances", x.Items("instanceHealthSummary").Select(instance => instance.Text("instanceName")))),
    ];

    private static async IAsyncEnumerable<Resource?> GameFleets(RegionReader aws)
    {
        var ids = await aws.Items("gamelift:ListFleets", "FleetIds").Select(id => id.Value).ToListAsync(aws.Stop);
        foreach (var some in ids.OfType<string>().Chunk(25))
        {
            var capacities = (await aws.PartAsync("gamelift:DescribeFleetCapacity", "FleetCapacity", ("FleetIds", some))).All.ToList();
            foreach (var x in (await aws.PartAsync("gamelift:DescribeFleetAttributes", "FleetAttributes", ("FleetIds", some))).All)
            {
                if (aws.Make(x.Text("FleetId")) is not { } made)
                    continue;
                var active = capacities.Where(capacity => capacity.Text("FleetId") == made.Id).Sum(capacity => capacity["InstanceCounts"].Number("ACTIVE") ?? 0);
                yield return (made with { Name = x.Text("Name"), Arn = x.Text("FleetArn"), State = x.Text("Status"), Created = x.Time("CreationTime"), Size = x.Text("InstanceType"), Quantity = Math.Max(1, active) })
                    .With("instances", active);
            }
        }
    }
}
