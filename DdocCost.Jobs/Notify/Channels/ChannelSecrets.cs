using DdocCost.Domain.Notify;
using DdocCost.Domain.Storage;

namespace DdocCost.Jobs.Notify.Channels;

/// <summary>Opens what a channel keeps sealed.</summary>
internal sealed class ChannelSecrets(ISecretBox box)
{
    /// <summary>A secret, or null where none was given.</summary>
    /// <exception cref="SecretUnreadableException">It was sealed by another installation.</exception>
    public string? Open(Channel channel, string key) => channel.SealedSecret(key) is { Length: > 0 } text ? box.Unprotect(Channel.SecretPurpose, text) : null;

    /// <summary>A secret for a look at it, or null where none was given or it does not open.</summary>
    public string? Peek(Channel channel, string key)
    {
        try
        {
            return Open(channel, key);
        }
        catch (SecretUnreadableException)
        {
            return null;
        }
    }

    /// <summary>Runs an attempt; a secret that does not open is a refusal that says what to do.</summary>
    public static async Task<SendOutcome> TryAsync(Func<Task<SendOutcome>> send)
    {
        try
        {
            return await send();
        }
        catch (SecretUnreadableException e)
        {
            return new SendOutcome.Refused(e.Message);
        }
    }
}
