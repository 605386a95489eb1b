using static DdocCost.Domain.Normalise.Verbs;

namespace DdocCost.Domain.Normalise.Services;

/// <summary>Cloud WAN: edges and attachments by the hour. Source: AWS Network Manager API reference.</summary>
internal static class CloudWan
{
    private const string CoreNetwork = "networkmanager:core-network";
    private const string Attachment = "networkmanager:attachment";

    public static readonly Service Service = new("networkmanager",
        Starts("CreateCoreNetwork", CoreNetwork, "coreNetworkId", part: "coreNetwork"),
        Stops("DeleteCoreNetwork", CoreNetwork, "coreNetworkId"),
        Starts("CreateVpcAttachment", Attachment, (record, changes) => Attach(record, changes, "vpcAttachment", "vpc")),
        Starts("CreateConnectAttachment", Attachment, (record, changes) => Attach(record, changes, "connectAttachment", "connect")),
        Starts("CreateSiteToSiteVpnAttachment", Attachment, (record, changes) => Attach(record, changes, "siteToSiteVpnAttachment", "vpn")),
        Starts("CreateDirectConnectGatewayAttachment", Attachment, (record, changes) => Attach(record, changes, "directConnectGatewayAttachment", "direct-connect")),
        Stops("DeleteAttachment", Attachment, "attachmentId"));

    private static void Attach(CloudTrailRecord record, ChangeList changes, string part, string kind) =>
        changes.Add(size: kind, id: record.Response[part]["attachment"]["attachmentId"].Text);
}
