namespace DdocCost.Domain.Zombies.Rules;

/// <summary>SageMaker notebook left running.</summary>
internal static class LeftNotebook
{
    public static readonly ZombieRule Rule = new()
    {
        Id = "SM-02",
        Title = "SageMaker notebook left running",
        Class = ZombieClass.Idle,
        Kind = Kinds.Notebook,
        Criterion = "It is in service, and was started or changed at least {days} days ago.",
        Window = Threshold.Days(7, 1, 180),
        Sureness = Sureness.Low,
        SavingInWords = "instance hours at list price",
        Traps =
        [
            "Nothing tells what the notebook does: a long training inside it looks the same, so sureness is low.",
        ],
        Source = "CleanCloud (14 days)",
        Remedies =
        [
            new("Stop the notebook", "sagemaker stop-notebook-instance --notebook-instance-name {id}", "What is in memory; its disk stays.", IsReversible: true),
        ],
        Terraform = "aws_sagemaker_notebook_instance",
        Judge = notebook => notebook.State("InService") & notebook.NotWithinWindow("changed"),
    };
}
