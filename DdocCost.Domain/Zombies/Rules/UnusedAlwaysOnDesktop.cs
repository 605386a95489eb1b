namespace DdocCost.Domain.Zombies.Rules;

/// <summary>WorkSpace that is always on and nobody connects to.</summary>
internal static class UnusedAlwaysOnDesktop
{
    public static readonly ZombieRule Rule = new()
    {
        Id = "WS-01",
        Title = "WorkSpace that is always on and nobody connects to",
        Class = ZombieClass.Idle,
        Kind = Kinds.WorkSpace,
        Criterion = "It is always on, and nobody connected to it in the last {days} days.",
        Window = Threshold.Days(63, 14, 180),
        Sureness = Sureness.Medium,
        SavingInWords = "its price by the month",
        Traps =
        [
            "Leave and parental leave: the window is nine weeks.",
            "Never connected has no date: its age, as far as it is known, must cover the window.",
        ],
        Source = "AWS Compute Optimizer (63 days); Cloud Custodian (30 days)",
        Remedies =
        [
            new("Let it stop by itself", "workspaces modify-workspace-properties --workspace-id {id} --workspace-properties RunningMode=AUTO_STOP", "A quick start: it takes a minute or two.", IsReversible: true),
            new("Delete the desktop", "workspaces terminate-workspaces --terminate-workspace-requests WorkspaceId={id}", "The desktop with its disks, for good."),
        ],
        Terraform = "aws_workspaces_workspace",
        Judge = desktop => desktop.Is("mode", "ALWAYS_ON") & !desktop.State("terminating", "terminated", "suspended") & (desktop.NotWithinWindow("lastConnected") | (desktop.Resource.Time("lastConnected") is null & desktop.IsOld)),
    };
}
