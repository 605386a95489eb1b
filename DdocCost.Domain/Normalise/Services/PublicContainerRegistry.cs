using static DdocCost.Domain.Normalise.Verbs;

namespace DdocCost.Domain.Normalise.Services;

/// <summary>Public container registries, billed by what they store and send. Source: Amazon ECR Public API reference.</summary>
internal static class PublicContainerRegistry
{
    private const string Repository = "ecr-public:repository";

    public static readonly Service Service = new("ecr-public",
        Starts("CreateRepository", Repository, "repositoryName", part: "repository"),
        Stops("DeleteRepository", Repository, "repositoryName"));
}
