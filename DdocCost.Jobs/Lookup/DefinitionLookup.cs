using System.Text.Json;
using System.Xml.Linq;
using DdocCost.Domain.Ledger;
using DdocCost.Jobs.Aws;

namespace DdocCost.Jobs.Lookup;

/// <summary>What a definition says, asked of the service that keeps it. Source: the API references of EC2, ECS and SageMaker.</summary>
internal static class DefinitionLookup
{
    private static readonly AwsOperation DescribeTemplate = AwsServices.Ec2.Operation("DescribeLaunchTemplateVersions");
    private static readonly AwsOperation DescribeTask = AwsServices.Ecs.Operation("DescribeTaskDefinition");
    private static readonly AwsOperation DescribeConfig = AwsServices.SageMaker.Operation("DescribeEndpointConfig");

    private static readonly IReadOnlyDictionary<string, Func<AwsClient, string, CancellationToken, Task<IReadOnlyList<DefinedPart>>>> Questions =
        new Dictionary<string, Func<AwsClient, string, CancellationToken, Task<IReadOnlyList<DefinedPart>>>>
        {
            ["ec2:launch-template"] = TemplateAsync,
            ["ecs:task-definition"] = TaskAsync,
            ["sagemaker:endpoint-config"] = EndpointAsync,
        };

    /// <summary>Types it can ask about.</summary>
    public static IReadOnlyCollection<string> Types { get; } = [.. Questions.Keys];

    /// <summary>Asks.</summary>
    /// <param name="client">Of the account, in the definition's region.</param>
    /// <param name="definition">As <c>type/name</c>, the name with a version where there is one.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static Task<IReadOnlyList<DefinedPart>> AskAsync(AwsClient client, string definition, CancellationToken cancellationToken) =>
        definition.Split('/', 2) is [var type, var name] && Questions.TryGetValue(type, out var question)
            ? question(client, name, cancellationToken) : Task.FromResult<IReadOnlyList<DefinedPart>>([]);

    // lt-0abc:3, web, web:$Latest
    private static async Task<IReadOnlyList<DefinedPart>> TemplateAsync(AwsClient client, string name, CancellationToken cancellationToken)
    {
        var (template, version) = name.Split(':') is [var before, var after] ? (before, after) : (name, "$Default");
        var answer = await client.QueryAsync(
            DescribeTemplate,
            new Dictionary<string, string>
            {
                [template.StartsWith("lt-", StringComparison.Ordinal) ? "LaunchTemplateId" : "LaunchTemplateName"] = template,
                ["LaunchTemplateVersion.1"] = version,
            },
            cancellationToken);
        return [.. answer.Items("launchTemplateVersionSet").Select(one => one.Element("launchTemplateData")).OfType<XElement>()
            .Where(data => data.Text("instanceType") is not null)
            .Select(data => new DefinedPart
            {
                Size = data.Text("instanceType"),
                Tenancy = data.Element("placement")?.Text("tenancy"),
                Spot = data.Element("instanceMarketOptions")?.Text("marketType") == "spot",
            })];
    }

    // A task has a size of its own on Fargate; elsewhere it is what its containers have together.
    private static async Task<IReadOnlyList<DefinedPart>> TaskAsync(AwsClient client, string name, CancellationToken cancellationToken)
    {
        var answer = await client.JsonAsync(DescribeTask, new { taskDefinition = name }, cancellationToken);
        if (answer.Member("taskDefinition") is not { } task)
            return [];
        var containers = task.Items("containerDefinitions").ToList();
        var platform = task.Member("runtimePlatform") ?? default;
        return
        [
            new DefinedPart
            {
                Size = task.Items("requiresCompatibilities").Any(one => one.ValueKind == JsonValueKind.String && one.GetString() == "FARGATE") ? "fargate" : null,
                VCpu = (task.Number("cpu") ?? containers.Sum(container => container.Number("cpu"))) / 1024,
                MemoryGib = (task.Number("memory") ?? containers.Sum(container => container.Number("memory") ?? container.Number("memoryReservation"))) / 1024,
                OperatingSystem = platform.Text("operatingSystemFamily")?.ToLowerInvariant(),
                Variant = platform.Text("cpuArchitecture")?.ToLowerInvariant(),
            },
        ];
    }

    private static async Task<IReadOnlyList<DefinedPart>> EndpointAsync(AwsClient client, string name, CancellationToken cancellationToken) =>
        [.. (await VariantsAsync(client, name, cancellationToken)).Select(variant => variant.Part)];

    /// <summary>The variants of an endpoint's configuration, by name.</summary>
    internal static async Task<IReadOnlyList<(string Name, DefinedPart Part)>> VariantsAsync(AwsClient client, string configuration, CancellationToken cancellationToken)
    {
        var answer = await client.JsonAsync(DescribeConfig, new { EndpointConfigName = configuration }, cancellationToken);
        return [.. answer.Items("ProductionVariants").Concat(answer.Items("ShadowProductionVariants")).Select(variant => (variant.Text("VariantName") ?? "", new DefinedPart
        {
            Size = variant.Member("ServerlessConfig") is null ? variant.Text("InstanceType") : "serverless",
            Quantity = variant.Number("InitialInstanceCount"),
            StorageGib = variant.Number("VolumeSizeInGB"),
        }))];
    }
}
