namespace DdocCost.App.Ingest;

/// <summary>Event ids 4100 to 4199.</summary>
internal static partial class IngestLog
{
    [LoggerMessage(4100, LogLevel.Error, "A delivery of push source {Source} could not be stored; the sender was asked to try again")]
    public static partial void NotStored(ILogger log, string source, Exception error);

    [LoggerMessage(4102, LogLevel.Error, "What agent {Agent} sent could not be stored; it sends it again")]
    public static partial void AgentNotStored(ILogger log, string agent, Exception error);

    [LoggerMessage(4103, LogLevel.Warning, "Amazon SNS cannot be asked at the moment, so a message to push source {Source} was sent back for later: {Why}")]
    public static partial void SnsAway(ILogger log, string source, string why);

    [LoggerMessage(4104, LogLevel.Error, "A call of an agent failed: {Method}")]
    public static partial void AgentCallFailed(ILogger log, string method, Exception error);

    [LoggerMessage(4101, LogLevel.Warning, "Ingest:SnsTestHost is set: messages signed with certificates from {Host} are believed. For tests only")]
    public static partial void SnsTestHost(ILogger log, string host);
}
