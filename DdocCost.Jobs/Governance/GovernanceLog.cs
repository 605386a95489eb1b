namespace DdocCost.Jobs.Governance;

/// <summary>Event ids 2700 to 2799.</summary>
internal static partial class GovernanceLog
{
    [LoggerMessage(2700, LogLevel.Warning, "Redis does not answer: panic mode, flags and breakers stand as they were last known, and the database decides what changes")]
    public static partial void RedisAway(ILogger log, Exception? error);

    [LoggerMessage(2701, LogLevel.Warning, "The database does not tell whether panic mode is on; the last answer stands")]
    public static partial void PanicUnknown(ILogger log, Exception error);

    [LoggerMessage(2702, LogLevel.Warning, "Redis answers again; it was away since {Since:O}")]
    public static partial void RedisBack(ILogger log, DateTimeOffset since);
}
