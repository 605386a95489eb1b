namespace DdocCost.Domain.Zombies.Rules;

/// <summary>Managed Airflow that runs no task.</summary>
internal static class IdleAirflow
{
    public static readonly ZombieRule Rule = new()
    {
        Id = "MWA-01",
        Title = "Managed Airflow that runs no task",
        Class = ZombieClass.Idle,
        Kind = Kinds.Airflow,
        Criterion = "It is available, and finished no task in the last {days} days.",
        Window = Threshold.Days(14, 7, 63),
        Metrics =
        [
            new("tasks", "AWS/MWAA", "RunningTasks", Statistic.Maximum, "Environment={id}") { Unit = "tasks", IsSparse = true },
            new("queued", "AWS/MWAA", "QueuedTasks", Statistic.Maximum, "Environment={id}") { Unit = "tasks", IsSparse = true },
        ],
        Sureness = Sureness.Medium,
        IsDerived = true,
        SavingInWords = "environment hours at list price, without further workers",
        Traps =
        [
            "A heartbeat task counts as work: such an environment is not found.",
            "Its metrics need an execution role that may write them: a day without them counts as quiet, so sureness is medium.",
        ],
        Source = "derived: an environment is billed by the hour",
        Remedies =
        [
            new("Delete the environment", "mwaa delete-environment --name {id}", "The environment and its history; the code in S3 stays."),
        ],
        Terraform = "aws_mwaa_environment",
        Judge = environment => environment.State("available") & environment.Nothing("tasks", "queued"),
    };
}
