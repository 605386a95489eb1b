namespace DdocCost.Domain.Zombies.Rules;

/// <summary>RDS database that nobody connects to.</summary>
internal static class IdleDatabase
{
    public static readonly ZombieRule Rule = new()
    {
        Id = "RDS-01",
        Title = "RDS database that nobody connects to",
        Class = ZombieClass.Idle,
        Kind = Kinds.Database,
        Criterion = "It is available, and at no time in the last {days} days were more than {connections} clients connected.",
        Window = Threshold.Days(14, 7, 63),
        Limits = [new("connections", 0, 0, 5, "connections")],
        Metrics =
        [
            new("connections", "AWS/RDS", "DatabaseConnections", Statistic.Maximum, "DBInstanceIdentifier={id}") { Unit = "connections" },
        ],
        Sureness = Sureness.High,
        SavingInWords = "instance hours and storage at list price, twice for Multi-AZ",
        Traps =
        [
            "Members of clusters and replicas are judged with their cluster or source.",
            "A monitoring agent holds a connection: the threshold can be raised.",
            "Its data may be needed: a final snapshot comes first.",
        ],
        Source = "AWS Trusted Advisor Ti39halfu8 (7 days); AWS Compute Optimizer (14 days)",
        Remedies =
        [
            new("Stop it for at most 7 days", "rds stop-db-instance --db-instance-identifier {id}", "Nothing; AWS starts it again after 7 days.", IsReversible: true),
            new("Delete it with a final snapshot", "rds delete-db-instance --db-instance-identifier {id} --final-db-snapshot-identifier {id}-final", "The instance and its automated backups; the snapshot stays."),
        ],
        Terraform = "aws_db_instance",
        Judge = database => database.State("available") & !database.Has("cluster") & !database.Has("source") & database.Peak("connections") <= database.Limit("connections"),
    };
}
