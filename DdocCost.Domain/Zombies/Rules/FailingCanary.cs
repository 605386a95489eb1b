namespace DdocCost.Domain.Zombies.Rules;

/// <summary>Canary that never succeeds.</summary>
internal static class FailingCanary
{
    public static readonly ZombieRule Rule = new()
    {
        Id = "SYN-01",
        Title = "Canary that never succeeds",
        Class = ZombieClass.Idle,
        Kind = Kinds.Canary,
        Criterion = "It runs, and not one of its runs in the last {days} days succeeded.",
        Window = Threshold.Days(7, 3, 63),
        Metrics =
        [
            new("success", "CloudWatchSynthetics", "SuccessPercent", Statistic.Maximum, "CanaryName={id}") { Unit = "%" },
        ],
        Sureness = Sureness.Medium,
        IsDerived = true,
        SavingInWords = "runs by its schedule at list price",
        Traps = ["An outage of days looks the same: it says so just as well."],
        Source = "derived: each run is billed, whatever it finds",
        Remedies =
        [
            new("Stop the canary", "synthetics stop-canary --name {id}", "Its runs, until it is started again.", IsReversible: true),
        ],
        Terraform = "aws_synthetics_canary",
        Judge = canary => canary.State("running") & canary.Peak("success") <= 0,
    };
}
