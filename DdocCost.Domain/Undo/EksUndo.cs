namespace DdocCost.Domain.Undo;

/// <summary>EKS. Ids of node groups are <c>cluster/nodegroup</c>.</summary>
internal static class EksUndo
{
    /// <summary>Clusters.</summary>
    public static IEnumerable<UndoCommand> Clusters(UndoTarget target) =>
    [
        target.Each(
            "Delete {cluster|clusters}", "The control plane and all that is defined in it, for good. Delete its node groups first.",
            id => new AwsCall("eks", "delete-cluster", target.Region).With("--name", id)),
    ];

    /// <summary>Node groups.</summary>
    public static IEnumerable<UndoCommand> Nodegroups(UndoTarget target) => target.Ids.Where(id => id.Contains('/', StringComparison.Ordinal)).Select(id => ToZero(target, id));

    /// <summary>Takes a node group down to nothing.</summary>
    public static UndoCommand ToZero(UndoTarget target, string nodegroup)
    {
        var parts = nodegroup.Split('/', 2);
        return target.Once(
            $"Scale the node group {nodegroup} to zero", "All nodes of the group; pods on them move elsewhere or wait. Raise the numbers again to bring it back.",
            new AwsCall("eks", "update-nodegroup-config", target.Region)
                .With("--cluster-name", parts[0]).With("--nodegroup-name", parts[1]).With("--scaling-config", "minSize=0,desiredSize=0"),
            reversible: true);
    }
}
