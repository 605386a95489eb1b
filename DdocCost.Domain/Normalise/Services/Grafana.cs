using static DdocCost.Domain.Normalise.Verbs;

namespace DdocCost.Domain.Normalise.Services;

/// <summary>
/// Managed Grafana, billed by active user. Source: Amazon Managed Grafana API reference; a CloudTrail record of CreateWorkspace.
/// </summary>
internal static class Grafana
{
    private const string Workspace = "grafana:workspace";

    public static readonly Service Service = new("grafana",
        Starts("CreateWorkspace", Workspace, "id", part: "workspace"),
        Changes("AssociateLicense", Workspace, id: "workspaceId", size: "licenseType"),
        Stops("DeleteWorkspace", Workspace, "workspaceId"));
}
