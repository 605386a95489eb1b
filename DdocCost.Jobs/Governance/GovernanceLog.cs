namespace DdocCost.Jobs.Governance;

/// <summary>Event ids 2700 to 2799.</summary>
internal static partial class GovernanceLog
{
    [LoggerMessage(2700, LogLevel.Warning, "Redis does not answer; this process counts failures for itself")]
    public static partial void BreakersAlone(ILogger log, Exception error);

    [LoggerMessage(2701, LogLevel.Warning, "The database does not tell whether panic mode is on; the last answer stands")]
    public static partial void PanicUnknown(ILogger log, Exception error);

    [LoggerMessage(2702, LogLevel.Warning, "Redis does not answer about panic mode; the database alone decides")]
    public static partial void PanicKeyUnreachable(ILogger log, Exception error);

    [LoggerMessage(2703, LogLevel.Warning, "Redis does not answer about flags; the database alone decides")]
    public static partial void FlagsUnreachable(ILogger log, Exception error);
}
