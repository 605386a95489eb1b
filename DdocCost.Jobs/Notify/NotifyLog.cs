namespace DdocCost.Jobs.Notify;

/// <summary>Event ids 2600 to 2699. No secrets, no texts of messages.</summary>
internal static partial class NotifyLog
{
    [LoggerMessage(2600, LogLevel.Warning, "Announcements of the outbox cannot be heard; it is looked at every few seconds meanwhile")]
    public static partial void NotListening(ILogger log, Exception error);

    [LoggerMessage(2601, LogLevel.Error, "Delivering messages was interrupted; it goes on in a moment")]
    public static partial void Interrupted(ILogger log, Exception error);

    [LoggerMessage(2602, LogLevel.Error, "The adapter for {Kind} failed on message {Message}; it is tried again")]
    public static partial void AdapterFailed(ILogger log, string kind, Guid message, Exception error);

    [LoggerMessage(2603, LogLevel.Warning, "Channel {Channel} of {Tenant} did not take message {Message}: {Answer}")]
    public static partial void NotTaken(ILogger log, string channel, string tenant, Guid message, string answer);

    [LoggerMessage(2604, LogLevel.Warning, "What became of message {Message} could not be noted; it is sent again with the same key")]
    public static partial void NotNoted(ILogger log, Guid message, Exception error);

    [LoggerMessage(2605, LogLevel.Error, "The dispatcher of messages had ended and was started again")]
    public static partial void DispatcherRestarted(ILogger log);

    [LoggerMessage(2606, LogLevel.Error, "Looking after {What} failed; it is tried again in a moment")]
    public static partial void NotWatched(ILogger log, string what, Exception error);

    [LoggerMessage(2607, LogLevel.Warning, "Nothing was heard of {Tenant}/{Account} since {HeardAt}; the flag says to observe only")]
    public static partial void QuietTrail(ILogger log, string tenant, string account, DateTimeOffset heardAt);
}
