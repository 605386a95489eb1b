namespace DdocCost.Domain.Zombies.Rules;

/// <summary>Alarm that has had no data.</summary>
internal static class DeadAlarm
{
    public static readonly ZombieRule Rule = new()
    {
        Id = "CWA-01",
        Title = "Alarm that has had no data",
        Class = ZombieClass.Idle,
        Kind = Kinds.Alarm,
        Criterion = "It has been in INSUFFICIENT_DATA for at least {days} days.",
        Window = Threshold.Days(30, 7, 365),
        Sureness = Sureness.Medium,
        SavingInWords = "price of the alarm by the month",
        Traps =
        [
            "Alarms that scaling policies made are left to them.",
            "Metrics of rare events are told only then: such an alarm treats missing data as fine, and is left out.",
        ],
        Source = "Cloud Custodian (30 days); CFM tips",
        Remedies =
        [
            new("Delete the alarm", "cloudwatch delete-alarms --alarm-names {id}", "The alarm and its history."),
        ],
        Terraform = "aws_cloudwatch_metric_alarm",
        Judge = alarm => alarm.State("INSUFFICIENT_DATA") & !alarm.FlagOrNot("managed") & !alarm.Is("missingData", "notBreaching", "ignore") & alarm.NotWithinWindow("stateSince"),
    };
}
