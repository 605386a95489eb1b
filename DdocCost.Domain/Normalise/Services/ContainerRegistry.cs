using static DdocCost.Domain.Normalise.Verbs;

namespace DdocCost.Domain.Normalise.Services;

/// <summary>
/// Container registries, billed by what they store and scan. Source: Amazon ECR API reference; a CloudTrail record of most calls.
/// </summary>
internal static class ContainerRegistry
{
    private const string Repository = "ecr:repository";
    private const string Scanning = "ecr:scanning";
    private const string Replication = "ecr:replication";

    public static readonly Service Service = new("ecr",
        Starts("CreateRepository", Repository, "repositoryName", part: "repository"),
        Stops("DeleteRepository", Repository, "repositoryName"),
        Changes("PutRegistryScanningConfiguration", Scanning, (record, changes) => changes.Add(
            id: "registry", size: record.Request["scanType"].Text?.ToLowerInvariant())),
        Changes("PutReplicationConfiguration", Replication, (record, changes) => changes.Add(id: "registry")));
}
