namespace DdocCost.Jobs.Queue;

internal static partial class SqsLog
{
    [LoggerMessage(2250, LogLevel.Error, "What is to be scored could not be sent to SQS; it waits in the database and is tried again")]
    public static partial void NotSent(ILogger log, Exception error);

    [LoggerMessage(2251, LogLevel.Warning, "Lane {Lane}: SQS brought {Messages} deliveries without the one before them; they are sent again, in order")]
    public static partial void Missing(ILogger log, int lane, int messages);

    [LoggerMessage(2252, LogLevel.Warning, "{Queue} did not delete or show {Messages} messages; they come again, and nothing counts twice")]
    public static partial void LeftOver(ILogger log, string queue, int messages, Exception error);
}
