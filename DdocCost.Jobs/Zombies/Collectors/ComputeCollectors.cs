using DdocCost.Domain.Normalise;
using DdocCost.Domain.Zombies;

namespace DdocCost.Jobs.Zombies.Collectors;

/// <summary>Containers and functions. Environment variables of tasks and functions are dropped: they may hold secrets.</summary>
internal static class ComputeCollectors
{
    private static readonly string[] withTags = ["TAGS"];

    public static readonly IReadOnlyList<Collector> All =
    [
        new(Kinds.EcsService, EcsServices),
        new(Kinds.EcsCluster, EcsClusters),
        new(Kinds.EksCluster, EksClusters),
        Collector.Of(Kinds.Function, "lambda:ListFunctions", "Functions", (aws, x) => aws.Make(x.Text("FunctionName")) is not { } made ? null
            : (made with { Arn = x.Text("FunctionArn"), Created = x.Time("LastModified") })
                .With("memory", x.Number("MemorySize")).With("runtime", x.Text("Runtime")).With("edge", x["MasterArn"].IsThere ? true : null)
                .Linking("images", x["Code"].Text("ImageUri"))),
        Collector.Of(Kinds.FunctionTrigger, "lambda:ListEventSourceMappings", "EventSourceMappings", (aws, x) => aws.Make(x.Text("UUID"))?
            .Linking("functions", x.Text("FunctionArn")?.Split(':') is { Length: > 6 } arn ? arn[6] : null)
            .Linking("streams", x.Text("EventSourceArn"))),
        new(Kinds.FunctionVersion, Versions),
        new(Kinds.Concurrency, Concurrencies),
        new(Kinds.AppRunner, AppRunnerServices),
        new(Kinds.ApiCache, ApiCaches),
    ];

    private static async IAsyncEnumerable<Resource?> EcsServices(RegionReader aws)
    {
        var definitions = new Dictionary<string, Wire>();
        await foreach (var cluster in aws.Items("ecs:ListClusters", "clusterArns"))
        {
            if (cluster.Value is not { } clusterArn)
                continue;
            var arns = await aws.Items("ecs:ListServices", "serviceArns", ("cluster", clusterArn)).Select(arn => arn.Value).ToListAsync(aws.Stop);
            foreach (var some in arns.OfType<string>().Chunk(10))
            {
                foreach (var x in (await aws.PartAsync("ecs:DescribeServices", "services", ("cluster", clusterArn), ("services", some), ("include", withTags))).All)
                {
                    if (x.Text("taskDefinition") is { } definition && !definitions.ContainsKey(definition))
                        definitions[definition] = await aws.PartAsync("ecs:DescribeTaskDefinition", "taskDefinition", ("taskDefinition", definition));
                    if (Service(aws, clusterArn.Split('/')[^1], x, x.Text("taskDefinition") is { } of ? definitions[of] : default) is { } service)
                        yield return service;
                }
            }
        }
    }

    private static Resource? Service(RegionReader aws, string cluster, Wire x, Wire task)
    {
        var providers = x.Items("capacityProviderStrategy").Select(provider => provider.Text("capacityProvider")).ToList();
        var isFargate = x.Text("launchType") == "FARGATE" || providers.Any(provider => provider is "FARGATE" or "FARGATE_SPOT");
        return x.Text("serviceName") is not { } name ? null : (aws.Make($"{cluster}/{name}", x.Tags("tags"))! with
        {
            Name = name,
            Arn = x.Text("serviceArn"),
            State = x.Text("status"),
            Created = x.Time("createdAt"),
            Size = isFargate ? providers.Contains("FARGATE_SPOT") ? "fargate-spot" : "fargate" : "ec2",
            Quantity = x.Number("desiredCount") ?? 0,
            Traits = new ResourceTraits
            {
                VCpu = task.Number("cpu") / 1024,
                MemoryGib = task.Number("memory") / 1024,
                OperatingSystem = task["runtimePlatform"].Text("operatingSystemFamily")?.ToLowerInvariant(),
                Variant = task["runtimePlatform"].Text("cpuArchitecture")?.ToLowerInvariant(),
            },
        })
            .With("cluster", cluster).With("service", name).With("fargate", isFargate).With("desired", x.Number("desiredCount"))
            .Linking("images", task.Items("containerDefinitions").Select(container => container.Text("image")));
    }

    private static async IAsyncEnumerable<Resource?> EcsClusters(RegionReader aws)
    {
        var arns = await aws.Items("ecs:ListClusters", "clusterArns").Select(arn => arn.Value).ToListAsync(aws.Stop);
        foreach (var some in arns.OfType<string>().Chunk(100))
        {
            foreach (var x in (await aws.PartAsync("ecs:DescribeClusters", "clusters", ("clusters", some), ("include", withTags))).All)
            {
                if (x.Text("clusterName") is not { } name)
                    continue;
                var machines = new List<string?>();
                var registered = await aws.Items("ecs:ListContainerInstances", "containerInstanceArns", ("cluster", name)).Select(arn => arn.Value).ToListAsync(aws.Stop);
                foreach (var few in registered.OfType<string>().Chunk(100))
                    machines.AddRange((await aws.PartAsync("ecs:DescribeContainerInstances", "containerInstances", ("cluster", name), ("containerInstances", few))).All.Select(machine => machine.Text("ec2InstanceId")));
                yield return (aws.Make(name, x.Tags("tags"))! with { Arn = x.Text("clusterArn"), State = x.Text("status") })
                    .With("running", x.Number("runningTasksCount")).With("pending", x.Number("pendingTasksCount"))
                    .Linking("instances", machines);
            }
        }
    }

    private static async IAsyncEnumerable<Resource?> EksClusters(RegionReader aws)
    {
        await foreach (var listed in aws.Items("eks:ListClusters", "clusters"))
        {
            if (listed.Value is not { } name)
                continue;
            var x = await aws.PartAsync("eks:DescribeCluster", "cluster", ("name", name));
            var nodes = 0m;
            await foreach (var group in aws.Items("eks:ListNodegroups", "nodegroups", ("name", name)))
            {
                if (group.Value is { } nodegroup)
                    nodes += (await aws.PartAsync("eks:DescribeNodegroup", "nodegroup", ("name", name), ("nodegroup", nodegroup)))["scalingConfig"].Number("desiredSize") ?? 0;
            }

            var profiles = await aws.Items("eks:ListFargateProfiles", "fargateProfileNames", ("name", name)).CountAsync(aws.Stop);
            yield return (aws.Make(name, x.Tags("tags"))! with { Arn = x.Text("arn"), State = x.Text("status"), Created = x.Time("createdAt") })
                .With("nodes", nodes).With("profiles", profiles).With("version", x.Text("version"))
                .With("auto", x["computeConfig"].Flag("enabled")).With("hybrid", x["remoteNetworkConfig"]["remoteNodeNetworks"].IsThere ? true : null);
        }
    }

    private static async IAsyncEnumerable<Resource?> Versions(RegionReader aws)
    {
        await foreach (var function in aws.Items("lambda:ListFunctions", "Functions"))
        {
            // Only a snapshot makes a version cost money.
            if (function.Text("FunctionName") is not { } name || function["SnapStart"].Text("ApplyOn") is null or "None")
                continue;
            var aliased = new HashSet<string>();
            await foreach (var alias in aws.Items("lambda:ListAliases", "Aliases", ("function", name)))
            {
                aliased.UnionWith(alias["RoutingConfig"]["AdditionalVersionWeights"].Members.Select(weight => weight.Name));
                if (alias.Text("FunctionVersion") is { } version)
                    aliased.Add(version);
            }

            var versions = await aws.Items("lambda:ListVersionsByFunction", "Versions", ("function", name)).Where(version => version.Text("Version") != "$LATEST").ToListAsync(aws.Stop);
            foreach (var (x, i) in versions.Select((x, i) => (x, i)))
            {
                yield return (aws.Make($"{name}:{x.Text("Version")}")! with { Arn = x.Text("FunctionArn"), Created = x.Time("LastModified") })
                    .With("function", name).With("version", x.Text("Version"))
                    .With("snapped", x["SnapStart"].Text("OptimizationStatus") == "On" || x["SnapStart"].Text("ApplyOn") == "PublishedVersions" ? true : null)
                    .With("aliased", aliased.Contains(x.Text("Version") ?? "") ? true : null)
                    .With("newest", i == versions.Count - 1 ? true : null);
            }
        }
    }

    private static async IAsyncEnumerable<Resource?> Concurrencies(RegionReader aws)
    {
        await foreach (var function in aws.Items("lambda:ListFunctions", "Functions"))
        {
            if (function.Text("FunctionName") is not { } name)
                continue;
            await foreach (var x in aws.Items("lambda:ListProvisionedConcurrencyConfigs", "ProvisionedConcurrencyConfigs", ("function", name)))
            {
                var qualifier = x.Text("FunctionArn")?.Split(':')[^1] ?? "$LATEST";
                yield return (aws.Make($"{name}:{qualifier}")! with
                {
                    State = x.Text("Status"),
                    Created = x.Time("LastModified"),
                    Quantity = x.Number("AllocatedProvisionedConcurrentExecutions") ?? x.Number("RequestedProvisionedConcurrentExecutions") ?? 1,
                    Traits = new ResourceTraits { MemoryGib = function.Number("MemorySize") / 1024, Variant = function.Texts("Architectures").FirstOrDefault() },
                }).With("function", name).With("qualifier", qualifier).With("resource", $"{name}:{qualifier}");
            }
        }
    }

    private static async IAsyncEnumerable<Resource?> AppRunnerServices(RegionReader aws)
    {
        await foreach (var listed in aws.Items("apprunner:ListServices", "ServiceSummaryList"))
        {
            if (listed.Text("ServiceArn") is not { } arn)
                continue;
            var x = await aws.PartAsync("apprunner:DescribeService", "Service", ("ServiceArn", arn));
            var memory = x["InstanceConfiguration"].Number("Memory");
            yield return (aws.Make(arn)! with { Name = listed.Text("ServiceName"), Arn = arn, State = listed.Text("Status"), Created = listed.Time("CreatedAt"), Traits = new ResourceTraits { MemoryGib = memory >= 512 ? memory / 1024 : memory } })
                .With("serviceId", listed.Text("ServiceId"));
        }
    }

    private static async IAsyncEnumerable<Resource?> ApiCaches(RegionReader aws)
    {
        // The answer's list is called "item" on the wire and "items" in the model.
        await foreach (var page in aws.Pages("apigateway:GetRestApis"))
        {
            foreach (var api in RegionReader.Expect("apigateway:GetRestApis", page, "item", "items").All)
            {
                if (api.Text("id") is not { } id)
                    continue;
                var stages = await aws.AskAsync("apigateway:GetStages", has: null, ("api", id));
                foreach (var x in RegionReader.Expect("apigateway:GetStages", stages, "item", "items").All.Where(stage => stage.Flag("cacheClusterEnabled") == true))
                {
                    yield return (aws.Make($"{id}/{x.Text("stageName")}", x.Tags("tags"))! with { Name = api.Text("name"), State = x.Text("cacheClusterStatus")?.ToLowerInvariant(), Created = x.Time("createdDate"), Size = x.Text("cacheClusterSize") })
                        .With("api", api.Text("name")).With("apiId", id).With("stage", x.Text("stageName"));
                }
            }
        }
    }
}
