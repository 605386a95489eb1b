using DdocCost.Domain.Normalise;
using DdocCost.Domain.Zombies;

namespace DdocCost.Jobs.Zombies.Collectors;

/// <summary>RDS with Aurora, DocumentDB and Neptune, which share one API.</summary>
internal static class DatabaseCollectors
{
    public static readonly IReadOnlyList<Collector> All =
    [
        Collector.Of(Kinds.Database, "rds:DescribeDBInstances", "DBInstances", Instance),
        Collector.Of(Kinds.DatabaseCluster, "rds:DescribeDBClusters", "DBClusters", Cluster),
        new(Kinds.DatabaseSnapshot, Snapshots),
        Collector.Of(Kinds.RetainedBackup, "rds:DescribeDBInstanceAutomatedBackups", "DBInstanceAutomatedBackups", (aws, x) => aws.Make(x.Text("DbiResourceId")) is not { } made ? null
            : (made with { Name = x.Text("DBInstanceIdentifier"), Arn = x.Text("DBInstanceAutomatedBackupsArn"), State = x.Text("Status"), Created = x.Time("InstanceCreateTime"), Traits = new ResourceTraits { StorageGib = x.Number("AllocatedStorage") } })
                .With("retentionDays", x.Number("BackupRetentionPeriod"))),
        new(Kinds.DatabaseEvent, Restarts),
        Collector.Of(Kinds.DatabaseProxy, "rds:DescribeDBProxies", "DBProxies", (aws, x) => aws.Make(x.Text("DBProxyName")) is not { } made ? null
            : made with { Arn = x.Text("DBProxyArn"), State = x.Text("Status"), Created = x.Time("CreatedDate") }),
    ];

    private static Resource? Instance(RegionReader aws, Wire x) => aws.Make(x.Text("DBInstanceIdentifier"), x.Tags("TagList")) is not { } made ? null : (made with
    {
        Arn = x.Text("DBInstanceArn"),
        State = x.Text("DBInstanceStatus"),
        Created = x.Time("InstanceCreateTime"),
        Size = x.Text("DBInstanceClass"),
        Traits = new ResourceTraits
        {
            Engine = x.Text("Engine"),
            StorageGib = x.Number("AllocatedStorage"),
            StorageType = x.Text("StorageType"),
            Iops = x.Number("Iops"),
            MultiAz = x.Flag("MultiAZ") == true,
        },
    })
        .With("engine", x.Text("Engine"))
        .With("resourceId", x.Text("DbiResourceId"))
        .Linking("cluster", x.Text("DBClusterIdentifier"))
        .Linking("source", x.Text("ReadReplicaSourceDBInstanceIdentifier"), x.Text("ReadReplicaSourceDBClusterIdentifier"))
        .Linking("directories", x.Items("DomainMemberships").Select(domain => domain.Text("Domain")));

    private static Resource? Cluster(RegionReader aws, Wire x)
    {
        var members = x.Items("DBClusterMembers").Select(member => member.Text("DBInstanceIdentifier")).OfType<string>().ToList();
        return aws.Make(x.Text("DBClusterIdentifier"), x.Tags("TagList")) is not { } made ? null : (made with
        {
            Arn = x.Text("DBClusterArn"),
            State = x.Text("Status"),
            Created = x.Time("ClusterCreateTime"),
            Traits = new ResourceTraits { Engine = x.Text("Engine") },
        })
            .With("engine", x.Text("Engine"))
            .With("secondary", x.Text("GlobalWriteForwardingStatus") is not null || x.Text("ReplicationSourceIdentifier") is not null ? true : null)
            .With("leastCapacity", x["ServerlessV2ScalingConfiguration"].Number("MinCapacity"))
            .With("mostCapacity", x["ServerlessV2ScalingConfiguration"].Number("MaxCapacity"))
            .With("member", members.FirstOrDefault())
            .Linking("members", members);
    }

    private static async IAsyncEnumerable<Resource?> Snapshots(RegionReader aws)
    {
        await foreach (var x in aws.Items("rds:DescribeDBSnapshots", "DBSnapshots", ("SnapshotType", "manual")))
            yield return Snapshot(aws, x, "DBSnapshotIdentifier", "DBInstanceIdentifier", "DBSnapshotArn")?.With("databaseResourceId", x.Text("DbiResourceId"));
        await foreach (var x in aws.Items("rds:DescribeDBClusterSnapshots", "DBClusterSnapshots", ("SnapshotType", "manual")))
            yield return Snapshot(aws, x, "DBClusterSnapshotIdentifier", "DBClusterIdentifier", "DBClusterSnapshotArn");
    }

    private static Resource? Snapshot(RegionReader aws, Wire x, string id, string database, string arn) => aws.Make(x.Text(id), x.Tags("TagList")) is not { } made ? null : (made with
    {
        Arn = x.Text(arn),
        State = x.Text("Status"),
        Created = x.Time("SnapshotCreateTime"),
        Traits = new ResourceTraits { StorageGib = x.Number("AllocatedStorage") },
    })
        .With("gib", x.Number("AllocatedStorage"))
        .With("snapshotType", x.Text("SnapshotType"))
        .With("database", x.Text(database));

    /// <summary>How often AWS started an instance again because it had been stopped for as long as is allowed (RDS-EVENT-0154).</summary>
    private static async IAsyncEnumerable<Resource?> Restarts(RegionReader aws)
    {
        var restarts = new Dictionary<string, int>();
        await foreach (var x in aws.Items("rds:DescribeEvents", "Events", ("SourceType", "db-instance"), ("Duration", 20_160)))
        {
            if (x.Text("SourceIdentifier") is { } id && x.Text("Message")?.Contains("exceeding the maximum allowed time being stopped", StringComparison.OrdinalIgnoreCase) == true)
                restarts[id] = restarts.GetValueOrDefault(id) + 1;
        }

        foreach (var (id, count) in restarts)
            yield return aws.Make($"restarts/{id}")?.With("count", count).Linking("databases", id);
    }
}
