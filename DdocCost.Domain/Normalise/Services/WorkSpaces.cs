using static DdocCost.Domain.Normalise.Verbs;

namespace DdocCost.Domain.Normalise.Services;

/// <summary>WorkSpaces desktops. Source: Amazon WorkSpaces API reference.</summary>
internal static class WorkSpaces
{
    private const string Desktop = "workspaces:workspace";
    private const string Pool = "workspaces:pool";

    public static readonly Service Service = new("workspaces",
        Starts("CreateWorkspaces", Desktop, (record, changes) =>
        {
            var asked = record.Request["workspaces"].Items;
            var properties = asked.First["workspaceProperties"];
            var ids = Ids.Of(record.Response["pendingRequests"], "workspaceId");
            if (ids.Count == 0 && record.Response["failedRequests"].Items.Count > 0)
            {
                return;
            }

            changes.Add(
                size: properties["computeTypeName"].Text?.ToLowerInvariant(), ids: ids, quantity: ids.Count > 0 ? ids.Count : asked.Count,
                traits: new ResourceTraits
                {
                    StorageGib = properties["rootVolumeSizeGib"].Amount + properties["userVolumeSizeGib"].Amount,
                    Variant = properties["runningMode"].Text?.ToLowerInvariant(),
                });
        }),
        Stops("TerminateWorkspaces", Desktop, (record, changes) => changes.Add(ids: Ids.Of(record.Request["terminateWorkspaceRequests"], "workspaceId"))),
        Changes("ModifyWorkspaceProperties", Desktop, (record, changes) =>
        {
            var properties = record.Request["workspaceProperties"];
            if (properties["computeTypeName"].Or(properties["runningMode"]).IsPresent || !record.Request.IsObject)
            {
                changes.Add(
                    size: properties["computeTypeName"].Text?.ToLowerInvariant(), id: record.Request["workspaceId"].Text,
                    traits: new ResourceTraits { Variant = properties["runningMode"].Text?.ToLowerInvariant() });
            }
        }),
        Starts("CreateWorkspacesPool", Pool, (record, changes) => changes.Add(
            quantity: record.Request["capacity"]["desiredUserSessions"].Amount, id: record.Response["workspacesPool"]["poolId"].Text,
            note: "billed from its start")),
        Starts("StartWorkspacesPool", Pool, "poolId"),
        Stops("StopWorkspacesPool", Pool, "poolId"),
        Stops("TerminateWorkspacesPool", Pool, "poolId"));
}
