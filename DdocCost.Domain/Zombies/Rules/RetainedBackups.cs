namespace DdocCost.Domain.Zombies.Rules;

/// <summary>Automated backups of a database that is gone.</summary>
internal static class RetainedBackups
{
    public static readonly ZombieRule Rule = new()
    {
        Id = "RDS-09",
        Title = "Automated backups of a database that is gone",
        Class = ZombieClass.Orphan,
        Kind = Kinds.RetainedBackup,
        Criterion = "They are retained, and the database they are of was deleted, at least {days} days ago as far as is known.",
        Window = Threshold.Days(35, 7, 365),
        Sureness = Sureness.Medium,
        IsDerived = true,
        SavingInWords = "its size at the price of backup storage, as the most it can be",
        Saves = backup => backup.PriceOf(backup.Resource, "rds:snapshot").AtMost("backups share blocks"),
        Traps = ["They end by themselves when their retention is over: the saving is that of the rest."],
        Source = "derived: retained backups are billed until their retention ends",
        Remedies =
        [
            new("Delete the retained backups", "rds delete-db-instance-automated-backup --dbi-resource-id {id}", "The last of that database's data, for good."),
        ],
        Terraform = "aws_db_instance_automated_backups_replication",
        Judge = backup => backup.State("retained") & backup.Lasted(),
    };
}
