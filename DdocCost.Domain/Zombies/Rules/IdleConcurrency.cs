namespace DdocCost.Domain.Zombies.Rules;

/// <summary>Provisioned concurrency that nobody uses.</summary>
internal static class IdleConcurrency
{
    public static readonly ZombieRule Rule = new()
    {
        Id = "LAM-02",
        Title = "Provisioned concurrency that nobody uses",
        Class = ZombieClass.Idle,
        Kind = Kinds.Concurrency,
        Criterion = "It is ready, and not one call used it in the last {days} days.",
        Window = Threshold.Days(7, 3, 63),
        Metrics =
        [
            new("calls", "AWS/Lambda", "ProvisionedConcurrencyInvocations", Statistic.Sum, "FunctionName={function},Resource={resource}") { Unit = "calls", IsSparse = true },
            new("use", "AWS/Lambda", "ProvisionedConcurrencyUtilization", Statistic.Maximum, "FunctionName={function},Resource={resource}") { Unit = "share", IsSparse = true },
        ],
        Sureness = Sureness.High,
        IsDerived = true,
        SavingInWords = "memory kept warm, by the second, at list price",
        Traps = ["Kept for a launch day: the window is a week."],
        Source = "derived: provisioned concurrency is billed while it is ready",
        Remedies =
        [
            new("Remove it", "lambda delete-provisioned-concurrency-config --function-name {function} --qualifier {qualifier}", "The warm start: the first calls take longer.", IsReversible: true),
        ],
        Terraform = "aws_lambda_provisioned_concurrency_config",
        Judge = concurrency => concurrency.State("ready") & concurrency.Nothing("calls", "use"),
    };
}
