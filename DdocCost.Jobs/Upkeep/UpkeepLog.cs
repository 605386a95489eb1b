namespace DdocCost.Jobs.Upkeep;

/// <summary>Event ids 2400 to 2449.</summary>
internal static partial class UpkeepLog
{
    [LoggerMessage(2400, LogLevel.Information, "Upkeep: {Drafts} abandoned archive drafts and {Messages} old dead messages deleted")]
    public static partial void Tidied(ILogger log, int drafts, int messages);

    [LoggerMessage(2403, LogLevel.Information, "Migration {Migration}: {Result}")]
    public static partial void Migrated(ILogger log, string migration, string result);

    [LoggerMessage(2404, LogLevel.Information, "Retention: {Events} cost events older than {Days} days deleted")]
    public static partial void CostEventsDeleted(ILogger log, long events, int days);
}
