namespace DdocCost.Domain.Undo;

/// <summary>Redshift.</summary>
internal static class RedshiftUndo
{
    /// <summary>Clusters.</summary>
    public static IEnumerable<UndoCommand> Clusters(UndoTarget target) =>
    [
        target.Each(
            "Pause {cluster|clusters}", "Connections; storage goes on to be billed.",
            id => new AwsCall("redshift", "pause-cluster", target.Region).With("--cluster-identifier", id), reversible: true),
        target.Each(
            "Delete {cluster|clusters}, keeping a last snapshot", "The cluster; its data stays in the snapshot.",
            id => new AwsCall("redshift", "delete-cluster", target.Region).With("--cluster-identifier", id).With("--final-cluster-snapshot-identifier", id + "-final")),
    ];
}
