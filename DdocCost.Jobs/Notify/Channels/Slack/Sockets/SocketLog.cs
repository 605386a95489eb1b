namespace DdocCost.Jobs.Notify.Channels.Slack.Sockets;

/// <summary>Event ids 2750 to 2759.</summary>
internal static partial class SocketLog
{
    [LoggerMessage(2750, LogLevel.Information, "Slack's buttons reach us over a socket")]
    public static partial void Up(ILogger log);

    [LoggerMessage(2751, LogLevel.Warning, "Slack opened no socket: {Answer}")]
    public static partial void NotOpened(ILogger log, string answer);

    [LoggerMessage(2752, LogLevel.Information, "The socket to Slack ended; the next one is opened")]
    public static partial void Ended(ILogger log, Exception error);

    [LoggerMessage(2753, LogLevel.Warning, "Slack channels could not be read; sockets stay as they are")]
    public static partial void NotRead(ILogger log, Exception error);
}
