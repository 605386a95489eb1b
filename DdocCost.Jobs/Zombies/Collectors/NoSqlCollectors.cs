using DdocCost.Domain.Normalise;
using DdocCost.Domain.Zombies;

namespace DdocCost.Jobs.Zombies.Collectors;

/// <summary>DynamoDB and what caches.</summary>
internal static class NoSqlCollectors
{
    public static readonly IReadOnlyList<Collector> All =
    [
        new(Kinds.Table, Tables),
        new(Kinds.TableIndex, Indexes),
        Collector.Of(Kinds.TableBackup, "dynamodb:ListBackups", "BackupSummaries", (aws, x) => aws.Make(x.Text("BackupArn")) is not { } made ? null
            : (made with { Name = x.Text("BackupName"), Arn = made.Id, State = x.Text("BackupStatus"), Created = x.Time("BackupCreationDateTime") })
                .With("table", x.Text("TableName")).With("type", x.Text("BackupType")).With("bytes", x.Number("BackupSizeBytes"))),
        Collector.Of(Kinds.DaxCluster, "dax:DescribeClusters", "Clusters", (aws, x) => aws.Make(x.Text("ClusterName")) is not { } made ? null
            : made with { Arn = x.Text("ClusterArn"), State = x.Text("Status"), Size = x.Text("NodeType"), Quantity = x.Number("TotalNodes") ?? 1 }),
        new(Kinds.CacheGroup, CacheGroups),
        Collector.Of(Kinds.ServerlessCache, "elasticache:DescribeServerlessCaches", "ServerlessCaches", (aws, x) => aws.Make(x.Text("ServerlessCacheName")) is not { } made ? null
            : made with { Arn = x.Text("ARN"), State = x.Text("Status"), Created = x.Time("CreateTime"), Traits = new ResourceTraits { Engine = x.Text("Engine"), StorageGib = x["CacheUsageLimits"]["DataStorage"].Number("Minimum") } }),
        Collector.Of(Kinds.CacheSnapshot, "elasticache:DescribeSnapshots", "Snapshots", (aws, x) => aws.Make(x.Text("SnapshotName")) is not { } made ? null
            : (made with { Arn = x.Text("ARN"), State = x.Text("SnapshotStatus"), Created = x.Items("NodeSnapshots").Select(node => node.Time("SnapshotCreateTime")).FirstOrDefault() }).With("source", x.Text("SnapshotSource"))),
        Collector.Of(Kinds.MemoryDb, "memorydb:DescribeClusters", "Clusters", MemoryDb, ("ShowShardDetails", true)),
    ];

    private static async IAsyncEnumerable<Resource?> Tables(RegionReader aws)
    {
        await foreach (var table in Described(aws))
        {
            if (aws.Make(table.Text("TableName")) is not { } made)
                continue;
            var indexes = table.Items("GlobalSecondaryIndexes").ToList();
            yield return (made with
            {
                Arn = table.Text("TableArn"),
                State = table.Text("TableStatus"),
                Created = table.Time("CreationDateTime"),
                Size = Mode(table),
                Traits = new ResourceTraits
                {
                    ReadCapacity = Read(table) + indexes.Sum(index => Read(index) ?? 0),
                    WriteCapacity = Write(table) + indexes.Sum(index => Write(index) ?? 0),
                },
            })
                .With("mode", Mode(table))
                .With("bytes", table.Number("TableSizeBytes"))
                .With("items", table.Number("ItemCount"))
                .Linking("indexes", indexes.Select(index => index.Text("IndexName")))
                .Linking("replicas", table.Items("Replicas").Select(replica => replica.Text("RegionName")));
        }
    }

    private static async IAsyncEnumerable<Resource?> Indexes(RegionReader aws)
    {
        await foreach (var table in Described(aws))
        {
            foreach (var index in table.Items("GlobalSecondaryIndexes"))
            {
                if (aws.Make($"{table.Text("TableName")}/{index.Text("IndexName")}") is not { } made)
                    continue;
                yield return (made with
                {
                    Name = index.Text("IndexName"),
                    State = index.Text("IndexStatus"),
                    Created = table.Time("CreationDateTime"),
                    Size = Mode(table),
                    Traits = new ResourceTraits { ReadCapacity = Read(index), WriteCapacity = Write(index) },
                }).With("table", table.Text("TableName")).With("mode", Mode(table));
            }
        }
    }

    private static async IAsyncEnumerable<Wire> Described(RegionReader aws)
    {
        await foreach (var name in aws.Items("dynamodb:ListTables", "TableNames"))
        {
            if (name.Value is { } table)
                yield return await aws.PartAsync("dynamodb:DescribeTable", "Table", ("TableName", table));
        }
    }

    /// <summary>One for each replication group, and one for each node that belongs to none.</summary>
    private static async IAsyncEnumerable<Resource?> CacheGroups(RegionReader aws)
    {
        var nodes = await aws.Items("elasticache:DescribeCacheClusters", "CacheClusters").ToListAsync(aws.Stop);
        foreach (var group in nodes.GroupBy(node => node.Text("ReplicationGroupId") ?? node.Text("CacheClusterId")))
        {
            var first = group.First();
            if (aws.Make(group.Key) is not { } made)
                continue;
            yield return (made with
            {
                Arn = first.Text("ARN"),
                State = group.All(node => node.Text("CacheClusterStatus") == "available") ? "available" : "modifying",
                Created = group.Select(node => node.Time("CacheClusterCreateTime")).Max(),
                Size = first.Text("CacheNodeType"),
                Quantity = group.Sum(node => node.Number("NumCacheNodes") ?? 1),
                Traits = new ResourceTraits { Engine = first.Text("Engine") },
            })
                .With("engine", first.Text("Engine"))
                .Linking("nodes", group.Select(node => node.Text("CacheClusterId")));
        }
    }

    private static Resource? MemoryDb(RegionReader aws, Wire x)
    {
        var shards = x.Items("Shards").ToList();
        return aws.Make(x.Text("Name")) is not { } made ? null : made with
        {
            Arn = x.Text("ARN"),
            State = x.Text("Status"),
            Size = x.Text("NodeType"),
            Created = shards.SelectMany(shard => shard.Items("Nodes")).Select(node => node.Time("CreateTime")).Min(),
            Quantity = shards.Count > 0 ? shards.Sum(shard => shard.Number("NumberOfNodes") ?? 1) : x.Number("NumberOfShards") ?? 1,
        };
    }

    private static string Mode(Wire table) => table["BillingModeSummary"].Text("BillingMode") == "PAY_PER_REQUEST" ? "on-demand" : "provisioned";

    private static decimal? Read(Wire part) => part["ProvisionedThroughput"].Number("ReadCapacityUnits");

    private static decimal? Write(Wire part) => part["ProvisionedThroughput"].Number("WriteCapacityUnits");
}
