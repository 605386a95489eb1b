using DdocCost.Domain.Normalise;
using DdocCost.Domain.Zombies;

namespace DdocCost.Jobs.Zombies.Collectors;

/// <summary>EBS: volumes and snapshots.</summary>
internal static class EbsCollectors
{
    public static readonly IReadOnlyList<Collector> All =
    [
        Collector.Of(Kinds.Volume, "ec2:DescribeVolumes", "volumeSet", Volume, ("MaxResults", 500)),
        Collector.Of(Kinds.Snapshot, "ec2:DescribeSnapshots", "snapshotSet", Snapshot, ("Owner.1", "self"), ("MaxResults", 1000)),
        Collector.Of(Kinds.FastRestore, "ec2:DescribeFastSnapshotRestores", "fastSnapshotRestoreSet", Restore),
    ];

    private static Resource? Volume(RegionReader aws, Wire x)
    {
        var tags = x.Tags("tagSet");
        return aws.Make(x.Text("volumeId"), tags) is not { } made ? null : (made with
        {
            Name = tags.GetValueOrDefault("Name"),
            State = x.Text("status"),
            Created = x.Time("createTime"),
            Size = x.Text("volumeType"),
            Traits = new ResourceTraits { StorageGib = x.Number("size"), Iops = x.Number("iops"), ThroughputMibps = x.Number("throughput") },
        })
            .With("gib", x.Number("size"))
            .With("zone", x.Text("availabilityZone"))
            .With("multiAttach", x.Flag("multiAttachEnabled"))
            .Linking("instances", x.Items("attachmentSet").Select(attachment => attachment.Text("instanceId")))
            .Linking("snapshots", x.Text("snapshotId"));
    }

    private static Resource? Snapshot(RegionReader aws, Wire x)
    {
        var tags = x.Tags("tagSet");
        var description = x.Text("description") ?? "";
        return aws.Make(x.Text("snapshotId"), tags) is not { } made ? null : (made with
        {
            Name = tags.GetValueOrDefault("Name"),
            State = x.Text("status"),
            Created = x.Time("startTime"),
            Size = x.Text("storageTier") == "archive" ? "archive" : null,
            Traits = new ResourceTraits { StorageGib = x.Number("volumeSize") },
        })
            .With("gib", x.Number("volumeSize"))
            .With("volume", x.Text("volumeId"))
            .With("managed", tags.ContainsKey("aws:dlm:lifecycle-policy-id") || tags.ContainsKey("dlm:managed")
                || description.StartsWith("This snapshot is created by the AWS Backup service", StringComparison.Ordinal) ? true : null);
    }

    private static Resource? Restore(RegionReader aws, Wire x) => (aws.Make($"{x.Text("snapshotId")}/{x.Text("availabilityZone")}") is not { } made ? null : made with
    {
        State = x.Text("state"),
        Created = x.Time("enabledTime"),
    })?
        .With("snapshot", x.Text("snapshotId")).With("zone", x.Text("availabilityZone")).With("enabledAt", x.Time("enabledTime"));
}
