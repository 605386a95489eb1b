using System.Globalization;
using System.Text.RegularExpressions;
using DdocCost.Domain.Normalise;
using DdocCost.Domain.Zombies;

namespace DdocCost.Jobs.Zombies.Collectors;

/// <summary>EC2: machines, images and capacity. User data is never asked for, and dropped where it comes unasked.</summary>
internal static partial class Ec2Collectors
{
    public static readonly IReadOnlyList<Collector> All =
    [
        new(Kinds.Instance, Instances),
        Collector.Of(Kinds.CapacityReservation, "ec2:DescribeCapacityReservations", "capacityReservationSet", Reservation),
        Collector.Of(Kinds.Host, "ec2:DescribeHosts", "hostSet", Host),
        Collector.Of(Kinds.Image, "ec2:DescribeImages", "imagesSet", Image, ("Owner.1", "self")),
        Collector.Of(Kinds.SpotFleet, "ec2:DescribeSpotFleetRequests", "spotFleetRequestConfigSet", SpotFleet),
        Collector.Of(Kinds.LaunchTemplate, "ec2:DescribeLaunchTemplateVersions", "launchTemplateVersionSet", Template, ("LaunchTemplateVersion.1", "$Latest"), ("LaunchTemplateVersion.2", "$Default")),
        Collector.Of(Kinds.AutoScalingGroup, "autoscaling:DescribeAutoScalingGroups", "AutoScalingGroups", Group),
        Collector.Of(Kinds.LaunchConfiguration, "autoscaling:DescribeLaunchConfigurations", "LaunchConfigurations", (aws, x) => aws.Make(x.Text("LaunchConfigurationName"))?
            .Linking("images", x.Text("ImageId"))
            .Linking("snapshots", x.Items("BlockDeviceMappings").Select(disk => disk["Ebs"].Text("SnapshotId")))),
    ];

    private static async IAsyncEnumerable<Resource?> Instances(RegionReader aws)
    {
        await foreach (var reservation in aws.Items("ec2:DescribeInstances", "reservationSet", ("MaxResults", 500)))
        {
            foreach (var instance in reservation.Items("instancesSet"))
                yield return Instance(aws, instance);
        }
    }

    private static Resource? Instance(RegionReader aws, Wire x)
    {
        var tags = x.Tags("tagSet");
        var state = x["instanceState"].Text("name");
        if (aws.Make(x.Text("instanceId"), tags) is not { } made || state == "terminated")
            return null;
        var root = x.Text("rootDeviceName");
        return (made with
        {
            Name = tags.GetValueOrDefault("Name"),
            State = state,
            Created = x.Time("launchTime"),
            Size = x.Text("instanceType"),
            Traits = new ResourceTraits
            {
                Spot = x.Text("instanceLifecycle") == "spot",
                Tenancy = x["placement"].Text("tenancy"),
                OperatingSystem = x.Text("platform") is "windows" ? "windows" : null,
            },
        })
            .With("zone", x["placement"].Text("availabilityZone"))
            .With("stoppedAt", state == "stopped" ? StoppedAt(x.Text("reason")) : null)
            .Linking("images", x.Text("imageId"))
            .Linking("root", x.Items("blockDeviceMapping").Where(disk => disk.Text("deviceName") == root).Select(disk => disk["ebs"].Text("volumeId")));
    }

    /// <summary><c>User initiated (2025-01-31 08:15:00 GMT)</c>; null where AWS tells no time.</summary>
    private static DateTimeOffset? StoppedAt(string? reason) =>
        reason is not null && StopTime().Match(reason) is { Success: true } time
        && DateTimeOffset.TryParseExact(time.Groups[1].Value, "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : null;

    private static Resource? Reservation(RegionReader aws, Wire x) => aws.Make(x.Text("capacityReservationId"), x.Tags("tagSet")) is not { } made ? null : (made with
    {
        State = x.Text("state"),
        Created = x.Time("createDate") ?? x.Time("startDate"),
        Size = x.Text("instanceType"),
        Quantity = x.Number("availableInstanceCount") ?? 1,
        Traits = new ResourceTraits { OperatingSystem = x.Text("instancePlatform")?.StartsWith("Windows", StringComparison.Ordinal) == true ? "windows" : null },
    })
        .With("total", x.Number("totalInstanceCount"))
        .With("committed", x["commitmentInfo"].IsThere || x.Text("reservationType") == "capacity-block" ? true : null);

    private static Resource? Host(RegionReader aws, Wire x) => aws.Make(x.Text("hostId"), x.Tags("tagSet")) is not { } made ? null : (made with
    {
        State = x.Text("state"),
        Created = x.Time("allocationTime"),
        Size = x["hostProperties"].Text("instanceType") ?? x["hostProperties"].Text("instanceFamily"),
    }).Linking("instances", x.Items("instances").Select(instance => instance.Text("instanceId")));

    private static Resource? Image(RegionReader aws, Wire x)
    {
        var tags = x.Tags("tagSet");
        return aws.Make(x.Text("imageId"), tags) is not { } made ? null : (made with
        {
            Name = x.Text("name"),
            State = x.Text("imageState"),
            Created = x.Time("creationDate"),
        })
            .With("public", x.Flag("isPublic"))
            .With("managed", tags.ContainsKey("Ec2ImageBuilderArn") ? true : null)
            .With("lastLaunched", x.Time("lastLaunchedTime"))
            .Linking("snapshots", x.Items("blockDeviceMapping").Select(disk => disk["ebs"].Text("snapshotId")));
    }

    private static Resource? SpotFleet(RegionReader aws, Wire x) => (aws.Make(x.Text("spotFleetRequestId")) is not { } made ? null : made with { State = x.Text("spotFleetRequestState") })?
        .Linking("images", x["spotFleetRequestConfig"].Items("launchSpecifications").Select(launch => launch.Text("imageId")));

    private static Resource? Template(RegionReader aws, Wire x) => aws.Make($"{x.Text("launchTemplateId")}/{x.Text("versionNumber")}")?
        .Linking("images", x["launchTemplateData"].Text("imageId"))
        .Linking("snapshots", x["launchTemplateData"].Items("blockDeviceMappingSet").Select(disk => disk["ebs"].Text("snapshotId")));

    private static Resource? Group(RegionReader aws, Wire x) => aws.Make(x.Text("AutoScalingGroupName"), x.Tags("Tags")) is not { } made ? null : (made with
    {
        Created = x.Time("CreatedTime"),
    })
        .With("desired", x.Number("DesiredCapacity"))
        .Linking("instances", x.Items("Instances").Select(instance => instance.Text("InstanceId")));

    [GeneratedRegex(@"\((\d{4}-\d\d-\d\d \d\d:\d\d:\d\d) GMT\)")]
    private static partial Regex StopTime();
}
