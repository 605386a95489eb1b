namespace DdocCost.Domain.Zombies.Rules;

/// <summary>Abandoned WorkSpace.</summary>
internal static class AbandonedDesktop
{
    public static readonly ZombieRule Rule = new()
    {
        Id = "WS-02",
        Title = "Abandoned WorkSpace",
        Class = ZombieClass.Idle,
        Kind = Kinds.WorkSpace,
        Criterion = "Whatever its mode, nobody connected to it in the last {days} days.",
        Window = Threshold.Days(90, 30, 365),
        Sureness = Sureness.Medium,
        SavingInWords = "its base price by the month",
        Traps =
        [
            "Leave and parental leave: the window is three months.",
            "Never connected has no date: its age, as far as it is known, must cover the window.",
        ],
        Source = "Cloud Custodian (90 days)",
        Remedies =
        [
            new("Delete the desktop", "workspaces terminate-workspaces --terminate-workspace-requests WorkspaceId={id}", "The desktop with its disks, for good."),
        ],
        Terraform = "aws_workspaces_workspace",
        Judge = desktop => !desktop.State("terminating", "terminated", "suspended") & (desktop.NotWithinWindow("lastConnected") | (desktop.Resource.Time("lastConnected") is null & desktop.IsOld)),
    };
}
