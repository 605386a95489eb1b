namespace DdocCost.Domain.Undo;

/// <summary>EC2 instances and their storage.</summary>
internal static class Ec2Undo
{
    /// <summary>Instances that something keeps alive are ended at what keeps them: it would only start new ones.</summary>
    public static IEnumerable<UndoCommand> Instances(UndoTarget target) => target.Owner?.Split(':', 2) switch
    {
        ["autoscaling", var group] => [AutoScalingUndo.ToZero(target, group)],
        ["eks", var nodegroup] when nodegroup.Contains('/', StringComparison.Ordinal) && !nodegroup.StartsWith('?') => [EksUndo.ToZero(target, nodegroup)],
        ["emr", var cluster] => [Ended(target, $"Terminate the EMR cluster {cluster}", "terminate-clusters", "--cluster-ids", cluster, "emr")],
        ["fleet", var fleet] => [Ended(target, $"Delete the fleet {fleet}", "delete-fleets", "--fleet-ids", fleet, flag: "--terminate-instances")],
        ["spot-fleet", var fleet] => [Ended(target, $"Cancel the spot fleet {fleet}", "cancel-spot-fleet-requests", "--spot-fleet-request-ids", fleet, flag: "--terminate-instances")],
        _ => Single(target),
    };

    /// <summary>Volumes.</summary>
    public static IEnumerable<UndoCommand> Volumes(UndoTarget target) =>
    [
        target.Each(
            "Keep a snapshot of {volume|volumes} before deletion", "Nothing yet. A snapshot costs about half as much as the volume.",
            id => new AwsCall("ec2", "create-snapshot", target.Region).With("--volume-id", id).With("--description", "before deletion"), reversible: true),
        target.Each(
            "Delete {volume|volumes}", "The volume and all that is on it, for good. Detach it first.",
            id => new AwsCall("ec2", "delete-volume", target.Region).With("--volume-id", id)),
    ];

    /// <summary>Snapshots.</summary>
    public static IEnumerable<UndoCommand> Snapshots(UndoTarget target) =>
    [
        target.Each("Delete {snapshot|snapshots}", "The backup, for good.", id => new AwsCall("ec2", "delete-snapshot", target.Region).With("--snapshot-id", id)),
    ];

    private static UndoCommand Ended(UndoTarget target, string title, string operation, string option, string owner, string service = "ec2", string? flag = null)
    {
        var line = new AwsCall(service, operation, target.Region).With(option, owner);
        return target.Once(title, "All its instances, not only these, with what lies on them.", flag is null ? line : line.With(flag));
    }

    private static IEnumerable<UndoCommand> Single(UndoTarget target)
    {
        // A one-time spot request cannot be stopped, only terminated.
        if (!target.Resources.Any(resource => resource.Traits.Spot))
        {
            yield return target.Together(
                "Stop {instance|instances}", "What is in memory and on instance store disks; EBS volumes stay, and go on to be billed.",
                ids => new AwsCall("ec2", "stop-instances", target.Region).With("--instance-ids", ids), reversible: true);
        }

        yield return target.Together(
            "Terminate {instance|instances}", "The instances and every volume that is set to be deleted with them, for good.",
            ids => new AwsCall("ec2", "terminate-instances", target.Region).With("--instance-ids", ids));
    }
}
