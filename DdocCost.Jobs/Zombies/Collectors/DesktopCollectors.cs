using DdocCost.Domain.Normalise;
using DdocCost.Domain.Zombies;

namespace DdocCost.Jobs.Zombies.Collectors;

/// <summary>Desktops and streamed applications.</summary>
internal static class DesktopCollectors
{
    public static readonly IReadOnlyList<Collector> All =
    [
        new(Kinds.WorkSpace, WorkSpaces),
        Collector.Of(Kinds.WorkSpaceDirectory, "workspaces:DescribeWorkspaceDirectories", "Directories", (aws, x) => aws.Make(x.Text("DirectoryId"))?.Linking("directories", x.Text("DirectoryId"))),
        Collector.Of(Kinds.AppStreamFleet, "appstream:DescribeFleets", "Fleets", (aws, x) => aws.Make(x.Text("Name")) is not { } made ? null
            : (made with { Arn = x.Text("Arn"), State = x.Text("State"), Created = x.Time("CreatedTime"), Size = x.Text("InstanceType"), Quantity = x["ComputeCapacityStatus"].Number("Desired") ?? 1 }).With("type", x.Text("FleetType"))),
        Collector.Of(Kinds.ImageBuilder, "appstream:DescribeImageBuilders", "ImageBuilders", (aws, x) => aws.Make(x.Text("Name")) is not { } made ? null
            : made with { Arn = x.Text("Arn"), State = x.Text("State"), Created = x.Time("CreatedTime"), Size = x.Text("InstanceType") }),
    ];

    private static async IAsyncEnumerable<Resource?> WorkSpaces(RegionReader aws)
    {
        var connections = new Dictionary<string, DateTimeOffset?>();
        await foreach (var status in aws.Items("workspaces:DescribeWorkspacesConnectionStatus", "WorkspacesConnectionStatus"))
        {
            if (status.Text("WorkspaceId") is { } id)
                connections[id] = status.Time("LastKnownUserConnectionTimestamp");
        }

        await foreach (var x in aws.Items("workspaces:DescribeWorkspaces", "Workspaces"))
        {
            var properties = x["WorkspaceProperties"];
            if (aws.Make(x.Text("WorkspaceId")) is not { } made)
                continue;
            yield return (made with
            {
                Name = x.Text("UserName"),
                State = x.Text("State"),
                Size = properties.Text("ComputeTypeName")?.ToLowerInvariant(),
                Traits = new ResourceTraits { StorageGib = properties.Number("RootVolumeSizeGib") + properties.Number("UserVolumeSizeGib"), Variant = properties.Text("RunningMode")?.ToLowerInvariant() },
            })
                .With("mode", properties.Text("RunningMode"))
                .With("lastConnected", connections.GetValueOrDefault(made.Id))
                .Linking("directories", x.Text("DirectoryId"));
        }
    }
}
