namespace DdocCost.Domain.Zombies.Rules;

/// <summary>Flink application that gets no records.</summary>
internal static class IdleFlink
{
    public static readonly ZombieRule Rule = new()
    {
        Id = "FLI-01",
        Title = "Flink application that gets no records",
        Class = ZombieClass.Idle,
        Kind = Kinds.FlinkApplication,
        Criterion = "It runs, and no record came in during the last {days} days.",
        Window = Threshold.Days(7, 3, 63),
        Metrics =
        [
            new("records", "AWS/KinesisAnalytics", "numRecordsIn", Statistic.Sum, "Application={id}") { Unit = "records", IsSparse = true },
        ],
        Sureness = Sureness.Medium,
        IsDerived = true,
        SavingInWords = "its processing units and one for the service at list price",
        Traps = ["Sources that count elsewhere look quiet: sureness is medium."],
        Source = "derived: processing units are billed while the application runs",
        Remedies =
        [
            new("Stop it with a snapshot", "kinesisanalyticsv2 stop-application --application-name {id}", "Nothing; the snapshot keeps its state.", IsReversible: true),
        ],
        Terraform = "aws_kinesisanalyticsv2_application",
        Judge = application => application.State("running") & application.Nothing("records"),
    };
}
