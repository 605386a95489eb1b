using DdocCost.Jobs.Demo.Trail;

namespace DdocCost.Jobs.Demo.Calls;

/// <summary>Calls to Amazon OpenSearch Service.</summary>
/// <remarks>Shapes as CloudTrail logs them: Amazon OpenSearch Service developer guide, "Monitoring API calls with AWS CloudTrail".</remarks>
public static class OpenSearch
{
    /// <summary>Creates a domain with gp3 storage.</summary>
    public static void CreateDomain(this CallLog log, DateTimeOffset at, Caller who, string name, string type, int nodes, int gib)
    {
        var clusterConfig = new { instanceType = type, instanceCount = nodes, dedicatedMasterEnabled = false, zoneAwarenessEnabled = nodes > 1 };
        var eBSOptions = new { eBSEnabled = true, volumeType = "gp3", volumeSize = gib };
        var request = new { domainName = name, engineVersion = "OpenSearch_2.15", clusterConfig, eBSOptions };
        var domainStatus = new
        {
            domainId = $"{log.Account.Id}/{name}",
            domainName = name,
            aRN = $"arn:aws:es:{log.Account.Region}:{log.Account.Id}:domain/{name}",
            created = true,
            deleted = false,
            processing = true,
            engineVersion = "OpenSearch_2.15",
            clusterConfig,
            eBSOptions,
        };
        log.Record(at, who, new ApiCall("es", "CreateDomain", request, new { domainStatus }));
    }

    /// <summary>Changes type and number of a domain's nodes.</summary>
    public static void UpdateDomainConfig(this CallLog log, DateTimeOffset at, Caller who, string name, string type, int nodes)
    {
        var clusterConfig = new { instanceType = type, instanceCount = nodes };
        var response = new { domainConfig = new { clusterConfig = new { options = clusterConfig, status = new { state = "Processing", pendingDeletion = false } } } };
        log.Record(at, who, new ApiCall("es", "UpdateDomainConfig", new { domainName = name, clusterConfig }, response));
    }
}
