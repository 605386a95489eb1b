namespace DdocCost.Jobs.Archive;

/// <summary>Event ids 2500 to 2549.</summary>
internal static partial class ArchiveLog
{
    [LoggerMessage(2500, LogLevel.Critical, "Archive object {Key} is missing or damaged")]
    public static partial void Damaged(ILogger log, string key);

    [LoggerMessage(2501, LogLevel.Information, "Archive check: {Objects} objects read, {Damaged} missing or damaged")]
    public static partial void Checked(ILogger log, int objects, int damaged);

    [LoggerMessage(2502, LogLevel.Information, "Archive retention of {KeepDays} days: {Days} days of accounts deleted, {Objects} objects of {Bytes} bytes")]
    public static partial void Retained(ILogger log, int keepDays, int days, int objects, long bytes);

    [LoggerMessage(2503, LogLevel.Warning, "Digests of {Account} cannot be followed: {Reason}")]
    public static partial void DigestsNotRead(ILogger log, string account, string reason);

    [LoggerMessage(2504, LogLevel.Critical, "Trail of {Account}: {Problem}")]
    public static partial void DigestProblem(ILogger log, string account, string problem);

    [LoggerMessage(2505, LogLevel.Information, "Reprocessing {Run}: account {Account} of {Tenant} done, {Events} events replaced")]
    public static partial void Reprocessed(ILogger log, string run, string tenant, string account, long events);
}
