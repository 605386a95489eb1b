namespace DdocCost.Domain.Undo;

/// <summary>Auto Scaling groups.</summary>
internal static class AutoScalingUndo
{
    /// <summary>Groups themselves.</summary>
    public static IEnumerable<UndoCommand> Groups(UndoTarget target) => target.Ids.Select(id => ToZero(target, id));

    /// <summary>Takes a group down to nothing.</summary>
    public static UndoCommand ToZero(UndoTarget target, string group) => target.Once(
        $"Scale the Auto Scaling group {group} to zero", "All instances of the group, not only these, with their disks. Raise both numbers again to bring the group back.",
        new AwsCall("autoscaling", "update-auto-scaling-group", target.Region)
            .With("--auto-scaling-group-name", group).With("--min-size", "0").With("--desired-capacity", "0"),
        reversible: true);
}
