using static DdocCost.Domain.Normalise.Verbs;

namespace DdocCost.Domain.Normalise.Services;

/// <summary>AWS Backup: stored by the gigabyte and month, of which the records tell nothing. Source: AWS Backup API reference.</summary>
internal static class Backup
{
    private const string Vault = "backup:vault";
    private const string Plan = "backup:plan";
    private const string Point = "backup:recovery-point";
    private const string Framework = "backup:framework";

    public static readonly Service Service = new("backup",
        Starts("CreateBackupVault", Vault, "backupVaultName"),
        Starts("CreateLogicallyAirGappedBackupVault", Vault, "backupVaultName"),
        Stops("DeleteBackupVault", Vault, "backupVaultName"),
        Starts("CreateBackupPlan", Plan, "backupPlanId"),
        Stops("DeleteBackupPlan", Plan, "backupPlanId"),
        Starts("StartBackupJob", Point, (record, changes) => changes.Add(id: record.Response["recoveryPointArn"].Or(record.Response["backupJobId"]).Text)),
        Starts("StartCopyJob", Point, "copyJobId"),
        Stops("StopBackupJob", Point, "backupJobId"),
        Stops("DeleteRecoveryPoint", Point, (record, changes) => changes.Add(id: Ids.Plain(record.Request["recoveryPointArn"]))),
        Starts("CreateFramework", Framework, "frameworkName"),
        Stops("DeleteFramework", Framework, "frameworkName"));
}
