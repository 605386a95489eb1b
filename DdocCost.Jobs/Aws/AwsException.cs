using System.Net;

namespace DdocCost.Jobs.Aws;

/// <summary>AWS refused a call, or could not be reached.</summary>
public sealed class AwsException : Exception
{
    /// <summary>Code where nothing came back at all: no route, no name, a broken connection, no answer in time.</summary>
    public const string Unreachable = "Unreachable";

    /// <summary>Code where nothing was asked: the account's circuit breaker is open.</summary>
    public const string Resting = "Resting";

    private static readonly HashSet<string> ThrottlingCodes =
    [
        "Throttling", "ThrottlingException", "ThrottledException", "RequestThrottled", "RequestThrottledException", "TooManyRequestsException",
        "RequestLimitExceeded", "BandwidthLimitExceeded", "ProvisionedThroughputExceededException", "PriorRequestNotComplete", "SlowDown", "EC2ThrottledException",
    ];

    private static readonly HashSet<string> DeniedCodes =
    [
        "AccessDenied", "AccessDeniedException", "UnauthorizedOperation", "AuthorizationError", "AuthorizationErrorException", "NotAuthorized", "KMSAccessDeniedException",
    ];

    private static readonly HashSet<string> CredentialCodes =
    [
        "InvalidClientTokenId", "InvalidAccessKeyId", "UnrecognizedClientException", "SignatureDoesNotMatch", "InvalidSignatureException", "AuthFailure",
        "IncompleteSignature", "MissingAuthenticationToken", "InvalidToken",
    ];

    /// <summary>Makes one.</summary>
    /// <param name="operation">What was called.</param>
    /// <param name="code">AWS's code, or <see cref="Unreachable"/>.</param>
    /// <param name="reason">AWS's message.</param>
    /// <param name="status">HTTP status; null where nothing came back.</param>
    /// <param name="inner">What lies behind.</param>
    public AwsException(AwsOperation operation, string code, string reason, HttpStatusCode? status, Exception? inner = null)
        : base($"{operation}: {code}: {reason}", inner) => (Operation, Code, Reason, Status) = (operation, code, reason, status);

    /// <summary>What was called.</summary>
    public AwsOperation Operation { get; }

    /// <summary>AWS's code, such as <c>AccessDenied</c>, or <see cref="Unreachable"/>.</summary>
    public string Code { get; }

    /// <summary>AWS's message.</summary>
    public string Reason { get; }

    /// <summary>HTTP status; null where nothing came back.</summary>
    public HttpStatusCode? Status { get; }

    /// <summary>AWS's id of the request; null where there is none.</summary>
    public string? RequestId { get; init; }

    /// <summary>How long AWS asks to wait; null where it does not say.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The region that a bucket is really in, where S3 says so.</summary>
    public string? BucketRegion { get; init; }

    /// <summary>Our clock was off; the correction is known by now.</summary>
    public bool IsClockSkew { get; init; }

    /// <summary>We are too fast for AWS.</summary>
    public bool IsThrottling => Status == HttpStatusCode.TooManyRequests || ThrottlingCodes.Contains(Code);

    /// <summary>A permission is missing: one of <see cref="AwsOperation.Actions"/>, or of another service it uses.</summary>
    public bool IsDenied => DeniedCodes.Contains(Code) || (Status == HttpStatusCode.Forbidden && !IsExpired && !IsBadCredentials && !IsThrottling);

    /// <summary>The session is over.</summary>
    public bool IsExpired => Code is "ExpiredToken" or "ExpiredTokenException" or "TokenRefreshRequired";

    /// <summary>The credentials are not known, or the secret is wrong.</summary>
    public bool IsBadCredentials => CredentialCodes.Contains(Code);

    /// <summary>What was asked for is not there.</summary>
    public bool IsNotFound => Status == HttpStatusCode.NotFound || Code.Contains("NotFound", StringComparison.Ordinal) || Code.StartsWith("NoSuch", StringComparison.Ordinal)
        || Code.Contains("DoesNotExist", StringComparison.Ordinal) || Code.Contains("NonExistent", StringComparison.Ordinal);

    /// <summary>It may work another time, without anybody changing anything.</summary>
    public bool IsTransient => IsThrottling || IsClockSkew || Code is Unreachable or "RequestTimeout" or "RequestTimeoutException" || (int?)Status >= 500;
}
