namespace DdocCost.Domain.Zombies;

/// <summary>Where and for what an account was billed lately, so that the rest need not be scanned.</summary>
/// <param name="billed">Region and service as the bill names them, each with some spend.</param>
public sealed class Spend(IEnumerable<(string Region, string Service)> billed)
{
    /// <summary>
    /// Words by which a service is known in the bill, whatever else its name is made of. A service that is not listed shares its name in the bill with others
    /// (volumes, gateways and addresses are all "EC2 - Other"), or costs next to nothing to look at: it is always scanned.
    /// </summary>
    private static readonly Dictionary<string, string[]> words = new()
    {
        ["Amazon MQ"] = ["MQ"],
        ["API Gateway"] = ["API Gateway"],
        ["App Runner"] = ["App Runner"],
        ["AppStream"] = ["AppStream", "WorkSpaces"],
        ["AWS Backup"] = ["Backup"],
        ["Bedrock"] = ["Bedrock"],
        ["CloudHSM"] = ["CloudHSM"],
        ["CodeArtifact"] = ["CodeArtifact"],
        ["Comprehend"] = ["Comprehend"],
        ["DAX"] = ["DynamoDB"],
        ["Direct Connect"] = ["Direct Connect"],
        ["Directory Service"] = ["Directory Service"],
        ["DMS"] = ["Database Migration"],
        ["EFS"] = ["Elastic File System"],
        ["ElastiCache"] = ["ElastiCache"],
        ["EMR"] = ["MapReduce", "EMR"],
        ["FSx"] = ["FSx"],
        ["GameLift"] = ["GameLift"],
        ["Glue"] = ["Glue"],
        ["Kendra"] = ["Kendra"],
        ["Kinesis"] = ["Kinesis"],
        ["Lightsail"] = ["Lightsail"],
        ["Managed Flink"] = ["Kinesis", "Flink"],
        ["MediaLive"] = ["MediaLive", "Elemental"],
        ["MemoryDB"] = ["MemoryDB"],
        ["MSK"] = ["Kafka", "MSK"],
        ["MWAA"] = ["Airflow", "MWAA"],
        ["Network Firewall"] = ["Network Firewall"],
        ["OpenSearch"] = ["OpenSearch", "Elasticsearch"],
        ["OpenSearch Serverless"] = ["OpenSearch"],
        ["Personalize"] = ["Personalize"],
        ["Redshift"] = ["Redshift"],
        ["Rekognition"] = ["Rekognition"],
        ["SageMaker"] = ["SageMaker"],
        ["Storage Gateway"] = ["Storage Gateway"],
        ["Transfer Family"] = ["Transfer Family"],
        ["WorkSpaces"] = ["WorkSpaces"],
    };

    private readonly ILookup<string, string> services = billed.ToLookup(one => one.Region, one => one.Service);

    /// <summary>The services that are left out where nothing was billed for them.</summary>
    public static IReadOnlyCollection<string> Gated => words.Keys;

    /// <summary>Whether the bill says anything of where money went: some region had spend.</summary>
    public bool IsTelling => services.Any(region => region.Key.Contains('-', StringComparison.Ordinal));

    /// <summary>Whether anything was billed in a region.</summary>
    public bool In(string region) => services.Contains(region);

    /// <summary>Whether something may have been billed for a service in a region.</summary>
    public bool For(string service, string region) =>
        !words.TryGetValue(service, out var known) || services[region].Any(billed => known.Any(word => billed.Contains(word, StringComparison.OrdinalIgnoreCase)));
}
