namespace DdocCost.Jobs.Lookup;

/// <summary>Event ids 2950 to 2999.</summary>
internal static partial class LookupLog
{
    [LoggerMessage(2950, LogLevel.Information, "{Count} resources of type {Type} in account {Account}, {Region}, were looked up")]
    public static partial void Described(ILogger log, int count, string type, string account, string region);

    [LoggerMessage(2951, LogLevel.Information, "Resources of type {Type} in account {Account}, {Region}, could not be looked up: {Reason}")]
    public static partial void Refused(ILogger log, string type, string account, string region, string reason);
}
