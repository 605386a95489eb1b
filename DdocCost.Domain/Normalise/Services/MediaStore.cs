using static DdocCost.Domain.Normalise.Verbs;

namespace DdocCost.Domain.Normalise.Services;

/// <summary>
/// MediaStore containers, billed by what they hold and send. Source: AWS Elemental MediaStore API reference; a CloudTrail record of
/// CreateContainer.
/// </summary>
internal static class MediaStore
{
    private const string Container = "mediastore:container";

    public static readonly Service Service = new("mediastore",
        Starts("CreateContainer", Container, "containerName"),
        Stops("DeleteContainer", Container, "containerName"));
}
