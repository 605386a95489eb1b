using static DdocCost.Domain.Normalise.Verbs;

namespace DdocCost.Domain.Normalise.Services;

/// <summary>MediaPackage v2, billed by what it takes in and sends. Source: AWS Elemental MediaPackage v2 API reference.</summary>
internal static class MediaPackageV2
{
    private const string Channel = "mediapackage:channel";
    private const string Endpoint = "mediapackage:origin-endpoint";

    public static readonly Service Service = new("mediapackagev2",
        Starts("CreateChannel", Channel, "channelName"),
        Stops("DeleteChannel", Channel, "channelName"),
        Starts("CreateOriginEndpoint", Endpoint, "originEndpointName"),
        Stops("DeleteOriginEndpoint", Endpoint, "originEndpointName"));
}
