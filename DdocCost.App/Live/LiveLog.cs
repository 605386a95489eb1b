namespace DdocCost.App.Live;

/// <summary>Event ids 3200 to 3299.</summary>
internal static partial class LiveLog
{
    [LoggerMessage(3200, LogLevel.Warning, "Redis cannot be heard, pages look for themselves meanwhile: {Reason}")]
    public static partial void NotListening(ILogger log, string reason);

    [LoggerMessage(3201, LogLevel.Warning, "A live update could not be read; is another version publishing?")]
    public static partial void NotUnderstood(ILogger log, Exception error);

    [LoggerMessage(3202, LogLevel.Error, "An open page could not be refreshed")]
    public static partial void NotRefreshed(ILogger log, Exception error);
}
