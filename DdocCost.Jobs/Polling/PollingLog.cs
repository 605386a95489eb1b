namespace DdocCost.Jobs.Polling;

/// <summary>Event ids 2300 to 2399.</summary>
internal static partial class PollingLog
{
    [LoggerMessage(2300, LogLevel.Information, "Folder {Folder}: {Deliveries} deliveries with {Records} records taken, {Rejected} pieces rejected, {Failed} files unreadable")]
    public static partial void FolderTaken(ILogger log, string folder, int deliveries, long records, long rejected, int failed);

    [LoggerMessage(2301, LogLevel.Error, "Folder {Folder} cannot be read: {Reason}")]
    public static partial void FolderFailed(ILogger log, string folder, string reason);
}
