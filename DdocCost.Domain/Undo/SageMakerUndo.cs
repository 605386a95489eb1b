namespace DdocCost.Domain.Undo;

/// <summary>SageMaker.</summary>
internal static class SageMakerUndo
{
    /// <summary>Endpoints.</summary>
    public static IEnumerable<UndoCommand> Endpoints(UndoTarget target) =>
    [
        target.Each(
            "Delete {endpoint|endpoints}", "Predictions over it. Model and configuration stay, so it can be made again.",
            id => new AwsCall("sagemaker", "delete-endpoint", target.Region).With("--endpoint-name", id), reversible: true),
    ];

    /// <summary>Notebook instances.</summary>
    public static IEnumerable<UndoCommand> Notebooks(UndoTarget target) =>
    [
        target.Each(
            "Stop {notebook instance|notebook instances}", "What is in memory; files on its volume stay.",
            id => new AwsCall("sagemaker", "stop-notebook-instance", target.Region).With("--notebook-instance-name", id), reversible: true),
    ];

    /// <summary>Training jobs.</summary>
    public static IEnumerable<UndoCommand> TrainingJobs(UndoTarget target) => Jobs(target, "training", "--training-job-name");

    /// <summary>Processing jobs.</summary>
    public static IEnumerable<UndoCommand> ProcessingJobs(UndoTarget target) => Jobs(target, "processing", "--processing-job-name");

    /// <summary>Transform jobs.</summary>
    public static IEnumerable<UndoCommand> TransformJobs(UndoTarget target) => Jobs(target, "transform", "--transform-job-name");

    private static IEnumerable<UndoCommand> Jobs(UndoTarget target, string kind, string option) =>
    [
        target.Each(
            $"Stop {{{kind} job|{kind} jobs}}", "Work since its last checkpoint; a stopped job does not go on, it is started anew.",
            id => new AwsCall("sagemaker", $"stop-{kind}-job", target.Region).With(option, id)),
    ];
}
