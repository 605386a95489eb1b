using static DdocCost.Domain.Normalise.Verbs;

namespace DdocCost.Domain.Normalise.Services;

/// <summary>DataSync, billed by what it copies. Source: AWS DataSync API reference; a CloudTrail record of CreateTask.</summary>
internal static class DataSync
{
    private const string Task = "datasync:task";
    private const string Execution = "datasync:task-execution";

    public static readonly Service Service = new("datasync",
        Starts("CreateTask", Task, "taskArn"),
        Stops("DeleteTask", Task, "taskArn"),
        Starts("StartTaskExecution", Execution, "taskExecutionArn"),
        Stops("CancelTaskExecution", Execution, "taskExecutionArn"));
}
