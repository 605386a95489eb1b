using DdocCost.Domain.Normalise;
using DdocCost.Domain.Zombies;

namespace DdocCost.Jobs.Zombies.Collectors;

/// <summary>Machine learning. Environment variables and hyperparameters are dropped: they may hold secrets.</summary>
internal static class MachineLearningCollectors
{
    public static readonly IReadOnlyList<Collector> All =
    [
        new(Kinds.ModelEndpoint, Endpoints),
        Collector.Of(Kinds.Notebook, "sagemaker:ListNotebookInstances", "NotebookInstances", (aws, x) => aws.Make(x.Text("NotebookInstanceName")) is not { } made ? null
            : (made with { Arn = x.Text("NotebookInstanceArn"), State = x.Text("NotebookInstanceStatus"), Created = x.Time("CreationTime"), Size = x.Text("InstanceType") }).With("changed", x.Time("LastModifiedTime"))),
        new(Kinds.StudioApp, Apps),
        new(Kinds.StudioDomain, Domains),
        new(Kinds.TrainingJob, aws => Jobs(aws, "sagemaker:ListTrainingJobs", "TrainingJobSummaries", "TrainingJobName", "sagemaker:DescribeTrainingJob", x => x["ResourceConfig"])),
        new(Kinds.ProcessingJob, aws => Jobs(aws, "sagemaker:ListProcessingJobs", "ProcessingJobSummaries", "ProcessingJobName", "sagemaker:DescribeProcessingJob", x => x["ProcessingResources"]["ClusterConfig"])),
        Collector.Of(Kinds.ModelThroughput, "bedrock:ListProvisionedModelThroughputs", "provisionedModelSummaries", (aws, x) => aws.Make(x.Text("provisionedModelArn")) is not { } made ? null
            : (made with { Name = x.Text("provisionedModelName"), Arn = made.Id, State = x.Text("status"), Created = x.Time("creationTime"), Size = x.Text("foundationModelArn")?.Split('/')[^1] ?? x.Text("modelArn"), Quantity = x.Number("modelUnits") ?? 1 })
                .With("committedUntil", x.Time("commitmentExpirationTime"))),
        Collector.Of(Kinds.ComprehendEndpoint, "comprehend:ListEndpoints", "EndpointPropertiesList", (aws, x) => aws.Make(x.Text("EndpointArn")) is not { } made ? null
            : made with { Name = made.Id.Split('/')[^1], Arn = made.Id, State = x.Text("Status"), Created = x.Time("CreationTime"), Quantity = x.Number("CurrentInferenceUnits") ?? 1 }),
        new(Kinds.VisionModel, VisionModels),
        new(Kinds.Campaign, Campaigns),
        new(Kinds.KendraIndex, KendraIndexes),
    ];

    private static async IAsyncEnumerable<Resource?> Endpoints(RegionReader aws)
    {
        await foreach (var listed in aws.Items("sagemaker:ListEndpoints", "Endpoints"))
        {
            if (listed.Text("EndpointName") is not { } name)
                continue;
            var x = await aws.AskAsync("sagemaker:DescribeEndpoint", "EndpointName", ("EndpointName", name));
            var config = x.Text("EndpointConfigName") is { } of ? await aws.AskAsync("sagemaker:DescribeEndpointConfig", "ProductionVariants", ("EndpointConfigName", of)) : default;
            var counts = x.Items("ProductionVariants").ToDictionary(variant => variant.Text("VariantName") ?? "", variant => variant.Number("CurrentInstanceCount"));
            var variants = config.Items("ProductionVariants").ToList();
            var sized = variants.Where(variant => variant.Text("InstanceType") is not null)
                .Select(variant => (Type: variant.Text("InstanceType")!, Count: counts.GetValueOrDefault(variant.Text("VariantName") ?? "") ?? variant.Number("InitialInstanceCount") ?? 1)).ToList();
            yield return (aws.Make(name)! with { Arn = x.Text("EndpointArn"), State = x.Text("EndpointStatus"), Created = x.Time("CreationTime"), Size = sized.Count > 0 ? sized[0].Type : null, Quantity = Math.Max(1, sized.Sum(variant => variant.Count)) })
                .With("parts", sized.Count > 0 ? string.Join(',', sized.Select(variant => FormattableString.Invariant($"{variant.Type}*{variant.Count}"))) : null)
                .With("serverless", variants.Any(variant => variant["ServerlessConfig"].IsThere) ? true : null)
                .With("asynchronous", config["AsyncInferenceConfig"].IsThere ? true : null)
                .With("components", variants.Any(variant => variant.Text("ModelName") is null) ? true : null)
                .Linking("variants", variants.Select(variant => variant.Text("VariantName")));
        }
    }

    private static async IAsyncEnumerable<Resource?> Apps(RegionReader aws)
    {
        await foreach (var listed in aws.Items("sagemaker:ListApps", "Apps"))
        {
            if (listed.Text("AppName") is not { } app || listed.Text("Status") is "Deleted" || listed.Text("DomainId") is not { } domain)
                continue;
            var (user, type) = (listed.Text("UserProfileName"), listed.Text("AppType"));
            var (owner, name) = user is null ? ("SpaceName", listed.Text("SpaceName") ?? "") : ("UserProfileName", user);
            var x = await aws.AskAsync("sagemaker:DescribeApp", "AppArn", ("DomainId", domain), (owner, name), ("AppType", type ?? ""), ("AppName", app));
            var (active, health) = (x.Time("LastUserActivityTimestamp"), x.Time("LastHealthCheckTimestamp"));
            yield return (aws.Make($"{domain}/{name}/{type}/{app}")! with { Arn = x.Text("AppArn"), State = listed.Text("Status"), Created = x.Time("CreationTime") ?? listed.Time("CreationTime"), Size = x["ResourceSpec"].Text("InstanceType") ?? listed["ResourceSpec"].Text("InstanceType") })
                .With("domain", domain).With("user", name).With("type", type).With("app", app)
                .With("lastActive", active == health ? null : active)
                .Linking("domains", domain);
        }
    }

    private static async IAsyncEnumerable<Resource?> Domains(RegionReader aws)
    {
        await foreach (var listed in aws.Items("sagemaker:ListDomains", "Domains"))
        {
            if (listed.Text("DomainId") is not { } id)
                continue;
            var x = await aws.AskAsync("sagemaker:DescribeDomain", "DomainId", ("DomainId", id));
            yield return (aws.Make(id)! with { Name = listed.Text("DomainName"), Arn = listed.Text("DomainArn"), State = listed.Text("Status"), Created = listed.Time("CreationTime") })
                .Linking("fileSystems", x.Text("HomeEfsFileSystemId"));
        }
    }

    private static async IAsyncEnumerable<Resource?> Jobs(RegionReader aws, string list, string summaries, string name, string describe, Func<Wire, Wire> machines)
    {
        await foreach (var listed in aws.Items(list, summaries, ("StatusEquals", "InProgress")))
        {
            if (listed.Text(name) is not { } id)
                continue;
            var x = await aws.AskAsync(describe, name, (name, id));
            var used = machines(x);
            var arn = x.Text(name.Replace("Name", "Arn", StringComparison.Ordinal));
            yield return aws.Make(id)! with
            {
                Arn = arn,
                State = x.Text(name.Replace("Name", "Status", StringComparison.Ordinal)),
                Created = x.Time("TrainingStartTime") ?? x.Time("ProcessingStartTime") ?? x.Time("CreationTime"),
                Size = used.Text("InstanceType"),
                Quantity = used.Number("InstanceCount") ?? 1,
                Traits = new ResourceTraits { Spot = x.Flag("EnableManagedSpotTraining") == true },
            };
        }
    }

    private static async IAsyncEnumerable<Resource?> VisionModels(RegionReader aws)
    {
        await foreach (var project in aws.Items("rekognition:DescribeProjects", "ProjectDescriptions"))
        {
            if (project.Text("ProjectArn") is not { } arn)
                continue;
            await foreach (var x in aws.Items("rekognition:DescribeProjectVersions", "ProjectVersionDescriptions", ("ProjectArn", arn)))
            {
                if (aws.Make(x.Text("ProjectVersionArn")) is { } made)
                    yield return made with { Arn = made.Id, State = x.Text("Status"), Created = x.Time("CreationTimestamp"), Quantity = x.Number("MinInferenceUnits") ?? 1 };
            }
        }
    }

    private static async IAsyncEnumerable<Resource?> Campaigns(RegionReader aws)
    {
        await foreach (var listed in aws.Items("personalize:ListCampaigns", "campaigns"))
        {
            if (listed.Text("campaignArn") is not { } arn)
                continue;
            var x = await aws.PartAsync("personalize:DescribeCampaign", "campaign", ("campaignArn", arn));
            yield return aws.Make(arn)! with { Name = listed.Text("name"), Arn = arn, State = listed.Text("status"), Created = listed.Time("creationDateTime"), Quantity = x.Number("minProvisionedTPS") ?? 1 };
        }
    }

    private static async IAsyncEnumerable<Resource?> KendraIndexes(RegionReader aws)
    {
        await foreach (var listed in aws.Items("kendra:ListIndices", "IndexConfigurationSummaryItems"))
        {
            if (listed.Text("Id") is not { } id)
                continue;
            var x = await aws.AskAsync("kendra:DescribeIndex", "Id", ("Id", id));
            yield return aws.Make(id)! with { Name = x.Text("Name"), State = x.Text("Status"), Created = x.Time("CreatedAt"), Size = x.Text("Edition")?.ToLowerInvariant() };
        }
    }
}
