using Amazon.Runtime;
using Amazon.Runtime.Credentials;

namespace DdocCost.Jobs.Aws.Credentials;

/// <summary>What this machine has: environment, profile, web identity, container or instance role, as the SDKs look for it.</summary>
internal sealed class MachineCredentials : IAwsCredentials
{
    private volatile AWSCredentials? _found;

    /// <inheritdoc/>
    public async ValueTask<AwsKeys> GetAsync(CancellationToken cancellationToken)
    {
        try
        {
            var found = _found ??= await DefaultAWSCredentialsIdentityResolver.GetCredentialsAsync();
            var keys = await found.GetCredentialsAsync();
            return new AwsKeys(keys.AccessKey, keys.SecretKey, keys.Token is { Length: > 0 } token ? token : null);
        }
        catch (AmazonClientException error)
        {
            throw new NoCredentialsException("This machine has no AWS credentials: no environment variables, no profile, no role.", error);
        }
    }

    /// <inheritdoc/>
    public bool Refused(AwsKeys keys, bool isExpired)
    {
        (_found as RefreshingAWSCredentials)?.ClearCredentials();
        _found = null; // environment or profile may have changed
        return isExpired;
    }
}
