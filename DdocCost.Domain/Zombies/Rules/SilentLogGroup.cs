namespace DdocCost.Domain.Zombies.Rules;

/// <summary>Log group that nothing is written to.</summary>
internal static class SilentLogGroup
{
    public static readonly ZombieRule Rule = new()
    {
        Id = "LOG-03",
        Title = "Log group that nothing is written to",
        Class = ZombieClass.Stale,
        Kind = Kinds.LogGroup,
        Criterion = "It holds more than {megabytes} MB, keeps it for ever, and nothing was written in the last {days} days.",
        Window = Threshold.Days(90, 30, 400),
        Limits = [new("megabytes", 100, 0, 1000000, "MB")],
        Metrics =
        [
            new("bytes", "AWS/Logs", "IncomingBytes", Statistic.Sum, "LogGroupName={id}") { Unit = "bytes", IsSparse = true },
        ],
        Sureness = Sureness.Medium,
        SavingInWords = "what is stored at list price",
        Saves = group => group.Storage("cloudwatch", "logs storage", "bytes"),
        Traps = ["A group with a retention empties by itself: left out.", "Kept for an audit: a keep tag says so."],
        Source = "Cloud Custodian (60 and 182 days)",
        Remedies =
        [
            new("Let it expire", "logs put-retention-policy --log-group-name {id} --retention-in-days 30", "What is older than 30 days, for good."),
            new("Delete the group", "logs delete-log-group --log-group-name {id}", "All that was logged there, for good."),
        ],
        Terraform = "aws_cloudwatch_log_group",
        Judge = group => group.Resource.Number("retentionDays") is null & group.Number("bytes") > group.Limit("megabytes") * 1_000_000 & group.Nothing("bytes"),
    };
}
