namespace DdocCost.Jobs.Aws.Credentials;

/// <summary>Where keys come from: typed in, the machine's own, or a role's session.</summary>
public interface IAwsCredentials
{
    /// <summary>Keys that should work now.</summary>
    /// <exception cref="AwsException">A role could not be assumed.</exception>
    /// <exception cref="NoCredentialsException">There are none.</exception>
    ValueTask<AwsKeys> GetAsync(CancellationToken cancellationToken);

    /// <summary>AWS refused these keys.</summary>
    /// <param name="keys">The keys.</param>
    /// <param name="isExpired">Because their session is over, rather than unknown or wrong.</param>
    /// <returns>Whether others may work.</returns>
    bool Refused(AwsKeys keys, bool isExpired);
}

/// <summary>What requests are signed with.</summary>
/// <param name="AccessKeyId">Id of the key.</param>
/// <param name="SecretKey">Its secret.</param>
/// <param name="SessionToken">Of a session; null for a lasting key.</param>
public sealed record AwsKeys(string AccessKeyId, string SecretKey, string? SessionToken)
{
    /// <summary>Without the secret, because keys must not get into a log.</summary>
    public override string ToString() => AccessKeyId;
}

/// <summary>There is nothing to sign with.</summary>
public sealed class NoCredentialsException(string message, Exception? inner = null) : Exception(message, inner);
