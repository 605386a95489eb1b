namespace DdocCost.App.Access;

/// <summary>Event ids 3100 to 3199.</summary>
internal static partial class AccessLog
{
    [LoggerMessage(3100, LogLevel.Warning, "This instance has no user yet. Create its administrator here (the link works once): {Link}")]
    public static partial void SetupNeeded(ILogger log, string link);

    [LoggerMessage(3101, LogLevel.Error, "Whether this instance has a user could not be read; is the database migrated? No setup link is printed")]
    public static partial void SetupUnknown(ILogger log, Exception error);

    [LoggerMessage(3102, LogLevel.Information, "{Name} signed in")]
    public static partial void SignedIn(ILogger log, string name);

    [LoggerMessage(3103, LogLevel.Warning, "Sign-in as {Name} from {Address} was refused: {Reason}")]
    public static partial void Refused(ILogger log, string name, string? address, string reason);

    [LoggerMessage(3105, LogLevel.Warning, "The sign-in provider failed: {Reason}")]
    public static partial void ProviderFailed(ILogger log, string reason);

    [LoggerMessage(3104, LogLevel.Warning, "{Name} became the administrator of this instance")]
    public static partial void Claimed(ILogger log, string name);
}
