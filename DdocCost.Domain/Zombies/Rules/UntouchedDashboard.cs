namespace DdocCost.Domain.Zombies.Rules;

/// <summary>Dashboard that nobody has changed for a long time.</summary>
internal static class UntouchedDashboard
{
    public static readonly ZombieRule Rule = new()
    {
        Id = "CWA-02",
        Title = "Dashboard that nobody has changed for a long time",
        Class = ZombieClass.Stale,
        Kind = Kinds.Dashboard,
        Criterion = "It was last changed at least {days} days ago, and there are more than the free {free} dashboards.",
        Window = Threshold.Days(365, 90, 400),
        Limits = [new("free", 3, 0, 100, "dashboards")],
        Sureness = Sureness.Low,
        SavingInWords = "price of the dashboard by the month",
        Traps =
        [
            "AWS does not tell who looks at it: sureness is low.",
            "Three dashboards are free: with no more than those nothing is said.",
        ],
        Source = "CFM tips",
        Remedies =
        [
            new("Delete the dashboard", "cloudwatch delete-dashboards --dashboard-names {id}", "The dashboard: keep its body from get-dashboard first."),
        ],
        Terraform = "aws_cloudwatch_dashboard",
        Judge = dashboard => dashboard.IsOld & dashboard.Count(Kinds.Dashboard, _ => true) > dashboard.Limit("free"),
    };
}
