namespace DdocCost.Jobs.Live;

/// <summary>Event ids 2100 to 2199.</summary>
internal static partial class LiveLog
{
    [LoggerMessage(2100, LogLevel.Warning, "A live update of tenant {Tenant} was not sent; pages show it when they reload")]
    public static partial void NotPublished(ILogger log, string tenant, Exception error);
}
