namespace DdocCost.Domain.Zombies.Rules;

/// <summary>Rekognition model left running.</summary>
internal static class RunningVisionModel
{
    public static readonly ZombieRule Rule = new()
    {
        Id = "REK-01",
        Title = "Rekognition model left running",
        Class = ZombieClass.Idle,
        Kind = Kinds.VisionModel,
        Criterion = "It runs, and scans saw it so for at least {days} days.",
        Window = Threshold.Days(1, 1, 63),
        Sureness = Sureness.Low,
        IsDerived = true,
        ConfirmsAfterWindow = true,
        SavingInWords = "inference units by the hour at list price",
        Traps = ["Whether it is called is not told for each model: sureness is low."],
        Source = "derived: a model is billed while it runs, called or not",
        Remedies =
        [
            new("Stop the model", "rekognition stop-project-version --project-version-arn {arn}", "Its answers, until it is started again; that takes minutes.", IsReversible: true),
        ],
        Terraform = "aws_rekognition_project",
        Judge = model => model.State("RUNNING"),
    };
}
