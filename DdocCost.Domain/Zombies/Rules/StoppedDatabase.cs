namespace DdocCost.Domain.Zombies.Rules;

/// <summary>RDS database that is only ever stopped again.</summary>
internal static class StoppedDatabase
{
    public static readonly ZombieRule Rule = new()
    {
        Id = "RDS-05",
        Title = "RDS database that is only ever stopped again",
        Class = ZombieClass.Idle,
        Kind = Kinds.Database,
        AlsoReads = [Kinds.DatabaseEvent],
        Criterion = "It is stopped, and AWS has started it again at least {restarts} times in the last {days} days because it was stopped for a week.",
        Window = Threshold.Days(14, 7, 180),
        Limits = [new("restarts", 2, 1, 10, "restarts")],
        Sureness = Sureness.Medium,
        IsDerived = true,
        SavingInWords = "its storage, and the hours it runs each time until somebody stops it",
        Saves = database => database.StoppedPrice(),
        Traps =
        [
            "Stopped once for a holiday is not forgotten: it must have come back by itself.",
            "AWS keeps events for 14 days only: the window is counted within them.",
        ],
        Source = "derived: AWS starts a stopped instance after 7 days",
        Remedies =
        [
            Remedy.Keep("Keep a snapshot", "rds create-db-snapshot --db-instance-identifier {id} --db-snapshot-identifier {id}-final"),
            new("Delete it with a final snapshot", "rds delete-db-instance --db-instance-identifier {id} --final-db-snapshot-identifier {id}-end", "The instance and its automated backups; the snapshot stays."),
        ],
        Terraform = "aws_db_instance",
        Judge = database => database.State("stopped")
            & database.Any(Kinds.DatabaseEvent, restart => restart.Linked("databases").Contains(database.Resource.Id) && restart.Number("count") >= database.Limit("restarts")),
    };
}
