namespace DdocCost.Domain.Zombies.Rules;

/// <summary>Bedrock provisioned throughput that nobody calls.</summary>
internal static class IdleModelThroughput
{
    public static readonly ZombieRule Rule = new()
    {
        Id = "BED-01",
        Title = "Bedrock provisioned throughput that nobody calls",
        Class = ZombieClass.Idle,
        Kind = Kinds.ModelThroughput,
        Criterion = "It is in service, and nobody called it in the last {days} days, successfully or not.",
        Window = Threshold.Days(7, 1, 63),
        Metrics =
        [
            new("calls", "AWS/Bedrock", "Invocations", Statistic.Sum, "ModelId={arn}") { Unit = "calls", IsSparse = true },
            new("refused", "AWS/Bedrock", "InvocationClientErrors", Statistic.Sum, "ModelId={arn}") { Unit = "calls", IsSparse = true },
            new("throttled", "AWS/Bedrock", "InvocationThrottles", Statistic.Sum, "ModelId={arn}") { Unit = "calls", IsSparse = true },
        ],
        Sureness = Sureness.High,
        SavingInWords = "model units by the hour at list price without commitment",
        Traps =
        [
            "One that is committed for months cannot be deleted before: left out until the commitment is over.",
            "CloudWatch tells nothing while nobody calls: a missing day is a zero here.",
        ],
        Source = "CleanCloud (7 days)",
        Remedies =
        [
            new("Delete it", "bedrock delete-provisioned-model-throughput --provisioned-model-id {id}", "The throughput; a customised model cannot be called without one."),
        ],
        Terraform = "aws_bedrock_provisioned_model_throughput",
        Judge = throughput => throughput.State("InService") & (throughput.Resource.Time("committedUntil") is null | throughput.DaysSince("committedUntil") >= 0) & throughput.Nothing("calls", "refused", "throttled"),
    };
}
