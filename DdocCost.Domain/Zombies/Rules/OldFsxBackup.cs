namespace DdocCost.Domain.Zombies.Rules;

/// <summary>Old FSx backup.</summary>
internal static class OldFsxBackup
{
    public static readonly ZombieRule Rule = new()
    {
        Id = "FSX-02",
        Title = "Old FSx backup",
        Class = ZombieClass.Stale,
        Kind = Kinds.FsxBackup,
        Criterion = "It was made by hand and is older than {days} days.",
        Window = Threshold.Days(180, 30, 400),
        Sureness = Sureness.Low,
        SavingInWords = "no list price is known: unpriced",
        Traps =
        [
            "Automatic backups and those of AWS Backup end by themselves: left out.",
            "Kept for the law or an audit: a keep tag says so.",
        ],
        LeavesTo = ["backup:"],
        Source = "Cloud Custodian (30 days)",
        Remedies = [new("Delete the backup", "fsx delete-backup --backup-id {id}", "The backup, for good.")],
        Terraform = "aws_fsx_backup",
        Judge = backup => backup.State("available") & backup.Is("type", "USER_INITIATED") & backup.IsOld,
    };
}
