namespace DdocCost.Domain.Zombies.Rules;

/// <summary>SageMaker training job that runs for days.</summary>
internal static class LongTraining
{
    public static readonly ZombieRule Rule = new()
    {
        Id = "SM-05",
        Title = "SageMaker training job that runs for days",
        Class = ZombieClass.Idle,
        Kind = Kinds.TrainingJob,
        Criterion = "It is in progress and began at least {days} days ago.",
        Window = Threshold.Days(1, 1, 30),
        Sureness = Sureness.Low,
        SavingInWords = "instance hours at list price while it goes on",
        Traps = ["Large models train for weeks: sureness is low.", "It ends by itself at its limit."],
        Source = "CleanCloud (24 hours)",
        Remedies =
        [
            new("Stop the job", "sagemaker stop-training-job --training-job-name {id}", "What it computed since its last checkpoint."),
        ],
        Terraform = "aws_sagemaker_model",
        Judge = job => job.State("InProgress") & job.IsOld,
    };
}
