namespace DdocCost.Domain.Zombies.Rules;

/// <summary>Backup that has expired or whose source is gone.</summary>
internal static class ExpiredRecoveryPoint
{
    public static readonly ZombieRule Rule = new()
    {
        Id = "BKP-01",
        Title = "Backup that has expired or whose source is gone",
        Class = ZombieClass.Stale,
        Kind = Kinds.RecoveryPoint,
        AlsoReads = [Kinds.ProtectedResource],
        Criterion = "It has expired and is still there, or what it is of is gone and it is older than {days} days.",
        Window = Threshold.Days(90, 1, 400),
        Sureness = Sureness.Medium,
        JudgesYoung = true,
        SavingInWords = "its size at the price of snapshots, as the most it can be",
        Saves = point => point.Storage("ebs", "snapshot", "bytes").AtMost("backups share blocks, and the price depends on what they are of"),
        Traps =
        [
            "A vault lock forbids its deletion: left out.",
            "The last backup of what is gone may be wanted: a keep tag on the vault does not reach it, so look before deleting.",
        ],
        Source = "AWS Service Screener (expired)",
        Remedies =
        [
            new("Delete the recovery point", "backup delete-recovery-point --backup-vault-name {vault} --recovery-point-arn {id}", "The backup, for good."),
        ],
        Terraform = "aws_backup_vault",
        Judge = point => !point.FlagOrNot("locked")
            & (point.State("expired") | (point.State("completed") & point.IsOld & !point.Exists(Kinds.ProtectedResource, point.Resource.Text("source")))),
    };
}
