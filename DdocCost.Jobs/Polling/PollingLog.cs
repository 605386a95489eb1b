namespace DdocCost.Jobs.Polling;

/// <summary>Event ids 2300 to 2399.</summary>
internal static partial class PollingLog
{
    [LoggerMessage(2300, LogLevel.Information, "Source {Source}: {Deliveries} deliveries with {Records} records taken, {Rejected} pieces rejected")]
    public static partial void Taken(ILogger log, string source, int deliveries, long records, long rejected);

    [LoggerMessage(2301, LogLevel.Error, "Source {Source} cannot be read ({Failures} in a row): {Reason}")]
    public static partial void Failed(ILogger log, string source, int failures, string reason);

    [LoggerMessage(2302, LogLevel.Error, "Source {Source} waits for the database: {Reason}")]
    public static partial void StoreFailed(ILogger log, string source, string reason);

    [LoggerMessage(2303, LogLevel.Error, "The list of sources cannot be read: {Reason}")]
    public static partial void ReviewFailed(ILogger log, string reason);
}
