namespace DdocCost.Domain.Zombies.Rules;

/// <summary>SageMaker processing job that runs for days.</summary>
internal static class LongProcessing
{
    public static readonly ZombieRule Rule = new()
    {
        Id = "SM-06",
        Title = "SageMaker processing job that runs for days",
        Class = ZombieClass.Idle,
        Kind = Kinds.ProcessingJob,
        Criterion = "It is in progress and began at least {days} days ago.",
        Window = Threshold.Days(1, 1, 30),
        Sureness = Sureness.Low,
        SavingInWords = "instance hours at list price while it goes on",
        Traps = ["It ends by itself at its limit."],
        Source = "CleanCloud (24 hours)",
        Remedies =
        [
            new("Stop the job", "sagemaker stop-processing-job --processing-job-name {id}", "What it computed."),
        ],
        Terraform = "aws_sagemaker_model",
        Judge = job => job.State("InProgress") & job.IsOld,
    };
}
