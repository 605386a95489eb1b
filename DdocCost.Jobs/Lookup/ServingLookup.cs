using System.Runtime.CompilerServices;
using System.Text.Json;
using DdocCost.Domain.Ledger;
using DdocCost.Jobs.Aws;

namespace DdocCost.Jobs.Lookup;

/// <summary>
/// What has no size of its own and whose definition no record named: a service of ECS, an endpoint of SageMaker. It is asked what it refers to,
/// and then what that says. Source: the API references of ECS and SageMaker.
/// </summary>
internal static class ServingLookup
{
    /// <summary>ECS describes so many services a call.</summary>
    private const int MostServices = 10;

    private static readonly AwsOperation DescribeServices = AwsServices.Ecs.Operation("DescribeServices");
    private static readonly AwsOperation DescribeEndpoint = AwsServices.SageMaker.Operation("DescribeEndpoint");

    private static readonly IReadOnlyDictionary<string, Func<AwsClient, IReadOnlyList<string>, CancellationToken, IAsyncEnumerable<ResourceFacts>>> Questions =
        new Dictionary<string, Func<AwsClient, IReadOnlyList<string>, CancellationToken, IAsyncEnumerable<ResourceFacts>>>
        {
            ["ecs:service"] = ServicesAsync,
            ["sagemaker:endpoint"] = EndpointsAsync,
        };

    /// <summary>Types it can ask about.</summary>
    public static IReadOnlyCollection<string> Types { get; } = [.. Questions.Keys];

    /// <summary>Asks about some resources of one type.</summary>
    public static IAsyncEnumerable<ResourceFacts> AskAsync(AwsClient client, string type, IReadOnlyList<string> ids, CancellationToken cancellationToken) =>
        Questions[type](client, ids, cancellationToken);

    // prod/api: a service within its cluster. Services that share a task definition ask for it once.
    private static async IAsyncEnumerable<ResourceFacts> ServicesAsync(
        AwsClient client, IReadOnlyList<string> ids, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var tasks = new Dictionary<string, IReadOnlyList<DefinedPart>>();
        var clusters = ids.Select(id => id.Split('/', 2)).Where(id => id.Length == 2).GroupBy(id => id[0], id => id[1]);
        foreach (var (cluster, services) in clusters.SelectMany(cluster => cluster.Chunk(MostServices).Select(some => (cluster.Key, some))))
        {
            var answer = await client.JsonAsync(DescribeServices, new { cluster, services }, cancellationToken).UnlessGone();
            foreach (var service in answer.Items("services"))
            {
                if (service.Text("taskDefinition") is not { } arn || service.Text("serviceName") is not { } name)
                    continue;
                var definition = $"ecs:task-definition/{arn[(arn.LastIndexOf('/') + 1)..]}";
                if (!tasks.TryGetValue(definition, out var parts))
                    tasks[definition] = parts = await DefinitionLookup.AskAsync(client, definition, cancellationToken);
                yield return new ResourceFacts("ecs:service", $"{cluster}/{name}")
                {
                    Size = LaunchType(service), Quantity = service.Number("desiredCount"), Definition = definition, Parts = parts,
                    Spot = Providers(service).FirstOrDefault() == "FARGATE_SPOT",
                };
            }
        }
    }

    // How many instances a variant has is the endpoint's to say; of what type, its configuration's.
    private static async IAsyncEnumerable<ResourceFacts> EndpointsAsync(
        AwsClient client, IReadOnlyList<string> ids, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var id in ids)
        {
            var endpoint = await client.JsonAsync(DescribeEndpoint, new { EndpointName = id }, cancellationToken).UnlessGone();
            if (endpoint.Text("EndpointConfigName") is not { } config || await DefinitionLookup.VariantsAsync(client, config, cancellationToken).UnlessGone() is not { Count: > 0 } parts)
                continue;
            var counts = endpoint.Items("ProductionVariants").Concat(endpoint.Items("ShadowProductionVariants"))
                .Where(variant => variant.Text("VariantName") is not null)
                .ToDictionary(variant => variant.Text("VariantName")!, variant => variant.Number("CurrentInstanceCount"));
            yield return new ResourceFacts("sagemaker:endpoint", id)
            {
                Parts = [.. parts.Select(part => part.Part with { Quantity = counts.GetValueOrDefault(part.Name) ?? part.Part.Quantity })],
            };
        }
    }

    private static string? LaunchType(JsonElement service) => service.Text("launchType")?.ToLowerInvariant()
        ?? (Providers(service).FirstOrDefault() is { } provider ? provider.StartsWith("FARGATE", StringComparison.Ordinal) ? "fargate" : "ec2" : null);

    private static IEnumerable<string?> Providers(JsonElement service) => service.Items("capacityProviderStrategy").Select(one => one.Text("capacityProvider"));

    /// <summary>Nothing where AWS says that there is no such thing (any more): others of its kind may well be there.</summary>
    private static async Task<T?> UnlessGone<T>(this Task<T> call)
    {
        try
        {
            return await call;
        }
        catch (AwsException e) when (e.Code is "ClusterNotFoundException" or "ValidationException")
        {
            return default;
        }
    }
}
