namespace DdocCost.Jobs.Scoring;

/// <summary>Event ids 2200 to 2299.</summary>
internal static partial class ScoringLog
{
    [LoggerMessage(2200, LogLevel.Debug, "Lane {Lane} is ours")]
    public static partial void LaneTaken(ILogger log, int lane);

    [LoggerMessage(2201, LogLevel.Error, "Lane {Lane} was interrupted; it is taken up again")]
    public static partial void LaneInterrupted(ILogger log, int lane, Exception error);

    [LoggerMessage(2202, LogLevel.Warning, "A batch of {Messages} deliveries in lane {Lane} failed; they are tried one at a time")]
    public static partial void BatchFailed(ILogger log, int lane, int messages, Exception error);

    [LoggerMessage(2203, LogLevel.Error, "Lane {Lane}: delivery {Delivery} of {Tenant}/{Account} failed for the {Failures}. time")]
    public static partial void DeliveryFailed(ILogger log, int lane, string tenant, string account, string delivery, int failures, Exception error);

    [LoggerMessage(2204, LogLevel.Critical, "Lane {Lane}: delivery {Delivery} of {Tenant}/{Account} was given up ({Reason}); the account has a gap until somebody looks")]
    public static partial void DeliveryGivenUp(ILogger log, int lane, string tenant, string account, string delivery, string reason);

    [LoggerMessage(2205, LogLevel.Warning, "Announcements of new deliveries cannot be heard; lanes look for themselves meanwhile")]
    public static partial void NotListening(ILogger log, Exception error);

    [LoggerMessage(2206, LogLevel.Error, "{Lanes} lane consumers had ended and were started again")]
    public static partial void LanesRestarted(ILogger log, int lanes);
}
