using DdocCost.Domain.Sources;
using DdocCost.Domain.Storage;

namespace DdocCost.Jobs.Aws.Credentials;

/// <summary>Access keys that somebody entered: the newest that AWS knows.</summary>
internal sealed class AccessKeyCredentials(IReadOnlyList<SealedAccessKey> keys, ISecretBox secrets) : IAwsCredentials
{
    private volatile int _current;

    /// <inheritdoc/>
    public ValueTask<AwsKeys> GetAsync(CancellationToken cancellationToken)
    {
        var key = keys[_current];
        try
        {
            return new(new AwsKeys(key.AccessKeyId, secrets.Unprotect(SealedAccessKey.Purpose, key.SealedSecret), SessionToken: null));
        }
        catch (SecretUnreadableException error)
        {
            throw new NoCredentialsException($"The secret of access key {key.AccessKeyId} cannot be opened; enter it again.", error);
        }
    }

    /// <inheritdoc/>
    public bool Refused(AwsKeys refused, bool isExpired)
    {
        var current = _current;
        if (keys[current].AccessKeyId != refused.AccessKeyId)
        {
            return true; // another call has moved on already
        }

        var isLast = current == keys.Count - 1;
        _current = isLast ? 0 : current + 1; // from the newest again next time: it may have become known
        return !isLast;
    }
}
