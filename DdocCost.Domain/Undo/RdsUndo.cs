namespace DdocCost.Domain.Undo;

/// <summary>RDS and Aurora.</summary>
internal static class RdsUndo
{
    /// <summary>Database instances; a member of a cluster cannot be stopped alone.</summary>
    public static IEnumerable<UndoCommand> Instances(UndoTarget target)
    {
        if (target.Owner is not null)
        {
            yield return target.Each(
                "Delete {instance|instances} of the cluster", "The instances; the cluster's data stays.",
                id => new AwsCall("rds", "delete-db-instance", target.Region).With("--db-instance-identifier", id).With("--skip-final-snapshot"));
            yield break;
        }

        yield return target.Each(
            "Stop {database|databases}", "Connections. Storage goes on to be billed, and AWS starts it again after 7 days.",
            id => new AwsCall("rds", "stop-db-instance", target.Region).With("--db-instance-identifier", id), reversible: true);
        yield return target.Each(
            "Delete {database|databases}, keeping a last snapshot", "The database and its automatic backups; its data stays in the snapshot.",
            id => new AwsCall("rds", "delete-db-instance", target.Region).With("--db-instance-identifier", id).With("--final-db-snapshot-identifier", Final(id)));
    }

    /// <summary>Clusters.</summary>
    public static IEnumerable<UndoCommand> Clusters(UndoTarget target) =>
    [
        target.Each(
            "Stop {cluster|clusters}", "Connections. Storage goes on to be billed, and AWS starts it again after 7 days.",
            id => new AwsCall("rds", "stop-db-cluster", target.Region).With("--db-cluster-identifier", id), reversible: true),
        target.Each(
            "Delete {cluster|clusters}, keeping a last snapshot", "The cluster; its data stays in the snapshot. Delete its instances first.",
            id => new AwsCall("rds", "delete-db-cluster", target.Region).With("--db-cluster-identifier", id).With("--final-db-snapshot-identifier", Final(id))),
    ];

    private static string Final(string id) => id + "-final";
}
