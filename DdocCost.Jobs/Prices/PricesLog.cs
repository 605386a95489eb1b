namespace DdocCost.Jobs.Prices;

/// <summary>Event ids 2900 to 2949.</summary>
internal static partial class PricesLog
{
    [LoggerMessage(2900, LogLevel.Information, "Refresh {Version} of the price book: {Result}")]
    public static partial void Refreshed(ILogger log, long version, string result);

    [LoggerMessage(2901, LogLevel.Information, "Prices of version {Version} are in use")]
    public static partial void Loaded(ILogger log, long version);

    [LoggerMessage(2902, LogLevel.Warning, "Which version of the price book is in use could not be read")]
    public static partial void NotLoaded(ILogger log, Exception e);

    [LoggerMessage(2903, LogLevel.Warning, "A product of {Offer} in {Region} was skipped: {Reason}")]
    public static partial void Skipped(ILogger log, string offer, string region, string reason);

    [LoggerMessage(2904, LogLevel.Information, "{Count} rates of what runs in account {Account} were told anew by version {Version} of the price book")]
    public static partial void Repriced(ILogger log, int count, string account, long version);
}
