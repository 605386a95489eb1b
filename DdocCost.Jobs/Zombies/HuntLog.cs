using DdocCost.Domain.Zombies;

namespace DdocCost.Jobs.Zombies;

/// <summary>Event ids 2600 to 2699.</summary>
internal static partial class HuntLog
{
    [LoggerMessage(2600, LogLevel.Information, "Scan of account {Account} ended {State}: {Resources} resources, {Findings} findings, {Gaps} gaps, {Usd} USD of API calls")]
    public static partial void Ended(ILogger log, string account, HuntState state, int resources, int findings, int gaps, decimal usd);

    [LoggerMessage(2601, LogLevel.Warning, "Not scanned: {Kind} in {Region} of account {Account}: {Why}")]
    public static partial void NotScanned(ILogger log, string account, string region, string kind, string why);

    [LoggerMessage(2602, LogLevel.Information, "Scans asked for: {Count}")]
    public static partial void Asked(ILogger log, int count);
}
