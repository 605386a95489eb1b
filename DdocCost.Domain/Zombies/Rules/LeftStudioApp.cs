namespace DdocCost.Domain.Zombies.Rules;

/// <summary>SageMaker Studio app left running.</summary>
internal static class LeftStudioApp
{
    public static readonly ZombieRule Rule = new()
    {
        Id = "SM-03",
        Title = "SageMaker Studio app left running",
        Class = ZombieClass.Idle,
        Kind = Kinds.StudioApp,
        Criterion = "It is in service on a machine, and nobody was active in it for at least {days} days.",
        Window = Threshold.Days(3, 1, 90),
        Sureness = Sureness.Medium,
        SavingInWords = "instance hours at list price",
        Traps =
        [
            "Activity that is told at the very moment of the health check is none: then there is not enough data.",
            "The JupyterServer's own machine is free: left out.",
        ],
        Source = "CleanCloud (7 days)",
        Remedies =
        [
            new("Delete the app", "sagemaker delete-app --domain-id {domain} --user-profile-name {user} --app-type {type} --app-name {app}", "What is in memory; files in the home folder stay.", IsReversible: true),
        ],
        Terraform = "aws_sagemaker_app",
        Judge = app => app.State("InService") & !app.Is("type", "JupyterServer") & app.NotWithinWindow("lastActive"),
    };
}
