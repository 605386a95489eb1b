namespace DdocCost.Jobs.Reconcile;

/// <summary>Event ids 3300 to 3349.</summary>
internal static partial class ReconcileLog
{
    [LoggerMessage(3300, LogLevel.Information, "Account {Account} does not tell the anomalies that AWS found: {Reason}")]
    public static partial void AnomaliesNotTold(ILogger log, string account, string reason);
}
