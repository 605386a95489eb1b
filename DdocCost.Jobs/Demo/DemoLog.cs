namespace DdocCost.Jobs.Demo;

/// <summary>What the demo says in the log. Event ids 9000 to 9099.</summary>
internal static partial class DemoLog
{
    [LoggerMessage(9000, LogLevel.Information, "Demo: the incident {Scenario} begins in the {AccountKind} account")]
    public static partial void IncidentBegins(ILogger log, string scenario, string accountKind);

    [LoggerMessage(9001, LogLevel.Warning, "Demo: live traffic cannot be written")]
    public static partial void CannotWrite(ILogger log, Exception error);
}
