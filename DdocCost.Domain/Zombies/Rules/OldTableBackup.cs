namespace DdocCost.Domain.Zombies.Rules;

/// <summary>Old DynamoDB backup.</summary>
internal static class OldTableBackup
{
    public static readonly ZombieRule Rule = new()
    {
        Id = "DDB-08",
        Title = "Old DynamoDB backup",
        Class = ZombieClass.Stale,
        Kind = Kinds.TableBackup,
        Criterion = "It was made by hand and is older than {days} days.",
        Window = Threshold.Days(180, 30, 400),
        Sureness = Sureness.Low,
        SavingInWords = "its size at list price",
        Saves = backup => backup.Storage("dynamodb", "on-demand backup", "bytes"),
        Traps =
        [
            "Those of AWS Backup and those of deleted tables by the system are left out.",
            "Kept for the law or an audit: a keep tag on the table does not reach it, so look before deleting.",
        ],
        Source = "Cloud Custodian (28 days)",
        Remedies = [new("Delete the backup", "dynamodb delete-backup --backup-arn {id}", "The backup, for good.")],
        Terraform = "aws_dynamodb_table",
        Judge = backup => backup.State("available") & backup.Is("type", "USER") & backup.IsOld,
    };
}
