namespace DdocCost.Domain.Undo;

/// <summary>ECS. Ids are <c>cluster/service</c> and <c>cluster/task</c>, or the task alone.</summary>
internal static class EcsUndo
{
    /// <summary>Services.</summary>
    public static IEnumerable<UndoCommand> Services(UndoTarget target) =>
    [
        target.Each(
            "Scale {service|services} to zero", "All running tasks of the service. Raise the number again to bring it back; automatic scaling may do so by itself.",
            id => InCluster(new AwsCall("ecs", "update-service", target.Region), id, "--service").With("--desired-count", "0"), reversible: true),
    ];

    /// <summary>Tasks.</summary>
    public static IEnumerable<UndoCommand> Tasks(UndoTarget target) =>
    [
        target.Each(
            "Stop {task|tasks}", "What the task was doing and its local disk.",
            id => InCluster(new AwsCall("ecs", "stop-task", target.Region), id, "--task")),
    ];

    private static AwsCall InCluster(AwsCall call, string id, string option) =>
        id.Split('/', 2) is [var cluster, var name] ? call.With("--cluster", cluster).With(option, name) : call.With(option, id);
}
