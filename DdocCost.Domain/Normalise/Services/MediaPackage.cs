using static DdocCost.Domain.Normalise.Verbs;

namespace DdocCost.Domain.Normalise.Services;

/// <summary>MediaPackage, billed by what it takes in and sends. Source: AWS Elemental MediaPackage API reference.</summary>
internal static class MediaPackage
{
    private const string Channel = "mediapackage:channel";
    private const string Endpoint = "mediapackage:origin-endpoint";

    public static readonly Service Service = new("mediapackage",
        Starts("CreateChannel", Channel, "id"),
        Stops("DeleteChannel", Channel, "id"),
        Starts("CreateOriginEndpoint", Endpoint, "id"),
        Stops("DeleteOriginEndpoint", Endpoint, "id"));
}
