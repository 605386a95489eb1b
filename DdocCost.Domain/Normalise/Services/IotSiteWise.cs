using static DdocCost.Domain.Normalise.Verbs;

namespace DdocCost.Domain.Normalise.Services;

/// <summary>IoT SiteWise: portals by user, gateways by month, measurements by use. Source: AWS IoT SiteWise API reference.</summary>
internal static class IotSiteWise
{
    private const string Gateway = "iotsitewise:gateway";
    private const string Portal = "iotsitewise:portal";
    private const string Model = "iotsitewise:asset-model";

    public static readonly Service Service = new("iotsitewise",
        Starts("CreateGateway", Gateway, "gatewayId"),
        Stops("DeleteGateway", Gateway, "gatewayId"),
        Starts("CreatePortal", Portal, "portalId"),
        Stops("DeletePortal", Portal, "portalId"),
        Starts("CreateAssetModel", Model, "assetModelId"),
        Stops("DeleteAssetModel", Model, "assetModelId"));
}
