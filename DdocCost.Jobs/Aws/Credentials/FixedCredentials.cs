namespace DdocCost.Jobs.Aws.Credentials;

/// <summary>Keys from configuration.</summary>
internal sealed class FixedCredentials(AwsKeys keys) : IAwsCredentials
{
    /// <inheritdoc/>
    public ValueTask<AwsKeys> GetAsync(CancellationToken cancellationToken) => new(keys);

    /// <inheritdoc/>
    public bool Refused(AwsKeys keys, bool isExpired) => false;
}
