using DdocCost.Domain.Normalise;
using DdocCost.Domain.Zombies;

namespace DdocCost.Jobs.Zombies.Collectors;

/// <summary>Warehouses, search, clusters that compute. Arguments of jobs are dropped: they may hold secrets.</summary>
internal static class AnalyticsCollectors
{
    private static readonly string[] alive = ["RUNNING", "WAITING"];

    public static readonly IReadOnlyList<Collector> All =
    [
        Collector.Of(Kinds.Warehouse, "redshift:DescribeClusters", "Clusters", (aws, x) => aws.Make(x.Text("ClusterIdentifier"), x.Tags("Tags")) is not { } made ? null
            : made with { State = x.Text("ClusterStatus"), Created = x.Time("ClusterCreateTime"), Size = x.Text("NodeType"), Quantity = x.Number("NumberOfNodes") ?? 1 }),
        Collector.Of(Kinds.WarehouseSnapshot, "redshift:DescribeClusterSnapshots", "Snapshots", (aws, x) => aws.Make(x.Text("SnapshotIdentifier"), x.Tags("Tags")) is not { } made ? null
            : (made with { State = x.Text("Status"), Created = x.Time("SnapshotCreateTime") })
                .With("snapshotType", x.Text("SnapshotType")).With("cluster", x.Text("ClusterIdentifier")).With("megabytes", x.Number("ActualIncrementalBackupSizeInMegaBytes") ?? x.Number("TotalBackupSizeInMegaBytes")), ("SnapshotType", "manual")),
        Collector.Of(Kinds.Workgroup, "redshift-serverless:ListWorkgroups", "workgroups", (aws, x) => aws.Make(x.Text("workgroupName")) is not { } made ? null
            : made with { Arn = x.Text("workgroupArn"), State = x.Text("status"), Created = x.Time("creationDate"), Quantity = x.Number("baseCapacity") ?? 1 }),
        new(Kinds.SearchDomain, Domains),
        new(Kinds.SearchCollection, Collections),
        new(Kinds.EmrCluster, EmrClusters),
        new(Kinds.EmrServerless, EmrApplications),
        Collector.Of(Kinds.DevEndpoint, "glue:GetDevEndpoints", "DevEndpoints", (aws, x) => aws.Make(x.Text("EndpointName")) is not { } made ? null
            : made with { State = x.Text("Status"), Created = x.Time("CreatedTimestamp"), Size = x.Text("WorkerType") ?? "DPU", Quantity = x.Number("NumberOfWorkers") ?? x.Number("NumberOfNodes") ?? 5 }),
        Collector.Of(Kinds.GlueSession, "glue:ListSessions", "Sessions", (aws, x) => aws.Make(x.Text("Id")) is not { } made ? null
            : made with { State = x.Text("Status"), Created = x.Time("CreatedOn"), Size = x.Text("WorkerType") ?? "DPU", Quantity = x.Number("NumberOfWorkers") ?? x.Number("MaxCapacity") ?? 2 }),
        new(Kinds.Airflow, Environments),
    ];

    // DescribeDomains takes at most five names. https://docs.aws.amazon.com/opensearch-service/latest/APIReference/API_DescribeDomains.html
    private static async IAsyncEnumerable<Resource?> Domains(RegionReader aws)
    {
        var names = (await aws.PartAsync("opensearch:ListDomainNames", "DomainNames")).All.Select(domain => domain.Text("DomainName")).OfType<string>();
        foreach (var some in names.Chunk(5))
        {
            foreach (var x in (await aws.PartAsync("opensearch:DescribeDomains", "DomainStatusList", ("DomainNames", some))).All)
            {
                if (aws.Make(x.Text("DomainName")) is not { } made)
                    continue;
                var (cluster, disk) = (x["ClusterConfig"], x["EBSOptions"]);
                var nodes = cluster.Number("InstanceCount") ?? 1;
                yield return (made with
                {
                    Arn = x.Text("ARN"),
                    State = x.Flag("Deleted") == true ? "deleted" : x.Flag("Processing") == true ? "processing" : "active",
                    Size = cluster.Text("InstanceType"),
                    Quantity = nodes,
                    Traits = new ResourceTraits { StorageGib = disk.Flag("EBSEnabled") == true ? disk.Number("VolumeSize") : null, StorageType = disk.Text("VolumeType") },
                }).With("engine", x.Text("EngineVersion"));
            }
        }
    }

    private static async IAsyncEnumerable<Resource?> Collections(RegionReader aws)
    {
        var ids = await aws.Items("opensearchserverless:ListCollections", "collectionSummaries").Select(x => x.Text("id")).ToListAsync(aws.Stop);
        foreach (var some in ids.OfType<string>().Chunk(100))
        {
            foreach (var x in (await aws.PartAsync("opensearchserverless:BatchGetCollection", "collectionDetails", ("ids", some))).All)
            {
                if (aws.Make(x.Text("id")) is { } made)
                {
                    yield return (made with { Name = x.Text("name"), Arn = x.Text("arn"), State = x.Text("status"), Created = x.Time("createdDate"), Size = x.Text("standbyReplicas") == "DISABLED" ? "single" : "redundant" })
                        .With("key", x.Text("kmsKeyArn"));
                }
            }
        }
    }

    private static async IAsyncEnumerable<Resource?> EmrClusters(RegionReader aws)
    {
        await foreach (var listed in aws.Items("emr:ListClusters", "Clusters", ("ClusterStates", alive)))
        {
            if (listed.Text("Id") is not { } id)
                continue;
            var x = await aws.PartAsync("emr:DescribeCluster", "Cluster", ("ClusterId", id));
            var tags = x.Tags("Tags");
            var groups = await aws.Items("emr:ListInstanceGroups", "InstanceGroups", ("ClusterId", id)).ToListAsync(aws.Stop);
            var parts = groups.Where(group => group.Number("RunningInstanceCount") > 0).ToList();
            yield return (aws.Make(id, tags)! with
            {
                Name = listed.Text("Name"),
                Arn = x.Text("ClusterArn"),
                State = listed["Status"].Text("State"),
                Created = listed["Status"]["Timeline"].Time("CreationDateTime"),
                Size = parts.Select(group => group.Text("InstanceType")).FirstOrDefault(),
                Quantity = Math.Max(1, parts.Sum(group => group.Number("RunningInstanceCount") ?? 0)),
            }).With("endsItself", x["AutoTerminationPolicy"].IsThere ? true : null);
        }
    }

    private static async IAsyncEnumerable<Resource?> EmrApplications(RegionReader aws)
    {
        await foreach (var listed in aws.Items("emr-serverless:ListApplications", "applications"))
        {
            if (listed.Text("id") is not { } id)
                continue;
            var x = await aws.PartAsync("emr-serverless:GetApplication", "application", ("id", id));
            var kept = x["initialCapacity"].Members.Select(group => group.Value).ToList();
            yield return (aws.Make(id, x.Tags("tags"))! with
            {
                Name = x.Text("name"),
                Arn = x.Text("arn"),
                State = x.Text("state"),
                Created = x.Time("createdAt"),
                Size = kept.Count == 0 ? "on-demand" : "kept-ready",
                Traits = new ResourceTraits
                {
                    VCpu = kept.Count == 0 ? null : kept.Sum(group => (group.Number("workerCount") ?? 0) * (Leading(group["workerConfiguration"].Text("cpu")) ?? 4)),
                    MemoryGib = kept.Count == 0 ? null : kept.Sum(group => (group.Number("workerCount") ?? 0) * (Leading(group["workerConfiguration"].Text("memory")) ?? 16)),
                },
            }).With("stopsItself", x["autoStopConfiguration"].Flag("enabled"));
        }
    }

    // "4vCPU", "16 GB"
    private static decimal? Leading(string? size) =>
        size is not null && decimal.TryParse(string.Concat(size.TrimStart().TakeWhile(c => char.IsAsciiDigit(c) || c == '.')), System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : null;

    private static async IAsyncEnumerable<Resource?> Environments(RegionReader aws)
    {
        await foreach (var name in aws.Items("mwaa:ListEnvironments", "Environments"))
        {
            if (name.Value is not { } id)
                continue;
            var x = await aws.PartAsync("mwaa:GetEnvironment", "Environment", ("name", id));
            yield return aws.Make(id, x.Tags("Tags"))! with { Arn = x.Text("Arn"), State = x.Text("Status"), Created = x.Time("CreatedAt"), Size = x.Text("EnvironmentClass") };
        }
    }
}
