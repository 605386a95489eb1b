namespace DdocCost.Jobs.Starting;

/// <summary>Event ids 2450 to 2499.</summary>
internal static partial class StartLog
{
    [LoggerMessage(2450, LogLevel.Warning, "PostgreSQL at {Address} does not answer ({Why}); the start waits for it, {Seconds} s at most from now")]
    public static partial void DatabaseAway(ILogger log, string address, string why, int seconds);

    [LoggerMessage(2451, LogLevel.Warning, "PostgreSQL at {Address} is there after {Seconds} s; the start goes on")]
    public static partial void DatabaseThere(ILogger log, string address, int seconds);

    [LoggerMessage(2452, LogLevel.Warning, "The clock goes by the database's from now on, {Seconds:0.0} s ahead of what it was")]
    public static partial void ClockSet(ILogger log, double seconds);
}
